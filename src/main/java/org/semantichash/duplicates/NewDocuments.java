// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Documents that are new since others were grouped, and all whose groups they can change: those
 * that a chain of near-duplicates connects with a new one.
 *
 * <p>Groups arise from pairs alone, whatever the linkage ({@link Grouping.Linkage}), so what no
 * chain connects has no influence: the connected documents by themselves make exactly the groups
 * that they make among all documents, and the groups of all others stay what they were before the
 * new ones came. So old documents are compared with old ones only where a chain reaches them.
 */
public final class NewDocuments {

  /** Where one document in so many is reached, all are: on the way to the rest more is lost. */
  private static final int MOST = 2;

  private final CodeTable codes;
  private final Verified verified;
  private final Workers workers;
  private final Reservation memory;
  private final CodeLookup lookup;

  /** Which of near documents are near-duplicates by their texts. */
  @FunctionalInterface
  public interface Verified {

    /** The distance decides. */
    Verified ALL = (reached, near) -> near;

    /**
     * Compares texts.
     *
     * @param reached documents, ascending
     * @param near other documents, each near to one of them, ascending
     * @return those of the latter that verified pairs connect with one of the former, ascending
     */
    int[] connected(int[] reached, int[] near);
  }

  /**
   * Connects documents by their texts, as {@link TextVerification} compares them: documents that
   * single linkage would group are connected.
   */
  public static final class ByText implements Verified {

    private static final Grouping CHAINS =
        new Grouping(Grouping.Linkage.SINGLE, 2, Integer.MAX_VALUE);

    private final CodeTable codes;
    private final int maxDistance;
    private final TextVerification.Criterion criterion;
    private final TextVerification.TextSource source;
    private final JoinResources resources;
    private long candidates;
    private long texts;

    /**
     * Of some documents.
     *
     * @param codes of all documents
     * @param criterion whose limit of candidates is for all calls together
     */
    public ByText(
        CodeTable codes,
        int maxDistance,
        TextVerification.Criterion criterion,
        TextVerification.TextSource source,
        JoinResources resources) {
      this.codes = codes;
      this.maxDistance = maxDistance;
      this.criterion = criterion;
      this.source = source;
      this.resources = resources;
    }

    /** How many pairs of texts were compared. */
    public long candidates() {
      return candidates;
    }

    /** How many texts were read. */
    public long texts() {
      return texts;
    }

    @Override
    public int[] connected(int[] reached, int[] near) {
      try (Reservation memory = new Reservation(resources.memory())) {
        int count = Math.addExact(reached.length, near.length);
        memory.reserve(
            2L * Integer.BYTES * count
                + (long) Long.BYTES * CodeTable.wordsFor(codes.bits(), count),
            "[" + count + "] documents");
        int[] all = new int[count];
        System.arraycopy(reached, 0, all, 0, reached.length);
        System.arraycopy(near, 0, all, reached.length, near.length);
        Arrays.sort(all);
        return verify(reached, all);
      }
    }

    private int[] verify(int[] reached, int[] all) {
      long left = criterion.maxCandidates() - candidates;
      TextVerification.TextSource some =
          documents -> source.read(Arrays.stream(documents).map(each -> all[each]).toArray());
      try (CandidatePairs pairs = CandidatePairs.find(codes.of(all), maxDistance, left, resources);
          VerifiedDuplicates found =
              TextVerification.verify(
                  pairs, criterion.withMaxCandidates(Math.max(1, left)), CHAINS, some, resources)) {
        candidates += found.candidates();
        texts += found.texts();
        DuplicateGroups groups = found.groups();
        return IntStream.range(0, groups.count())
            .mapToObj(
                group -> Arrays.stream(groups.documents(group)).map(each -> all[each]).toArray())
            .filter(group -> Arrays.stream(group).anyMatch(each -> isIn(reached, each)))
            .flatMapToInt(Arrays::stream)
            .filter(each -> isIn(reached, each) == false)
            .sorted()
            .toArray();
      }
    }

    private static boolean isIn(int[] documents, int document) {
      return Arrays.binarySearch(documents, document) >= 0;
    }
  }

  private NewDocuments(
      CodeTable codes,
      int maxDistance,
      Verified verified,
      JoinResources resources,
      Reservation memory) {
    this.codes = codes;
    this.verified = verified;
    this.workers = new Workers(resources);
    this.memory = memory;
    this.lookup = new CodeLookup(codes, maxDistance, workers, memory);
  }

  /**
   * Finds the documents whose groups new ones can change, the new ones among them; all documents if
   * those are more than half of them.
   *
   * @param codes of all documents
   * @param isNew which documents are new, [documents]
   * @param maxDistance the largest distance of a pair, in bits
   * @param resources what may be used; all of it is given back
   * @return ascending
   * @throws JoinResources.MemoryRefusedException when the memory is not granted
   */
  public static int[] connected(
      CodeTable codes,
      FixedBitSet isNew,
      int maxDistance,
      Verified verified,
      JoinResources resources) {
    assert isNew.length() == codes.size() : isNew.length() + " of " + codes.size();
    try (Reservation memory = new Reservation(resources.memory())) {
      return new NewDocuments(codes, maxDistance, verified, resources, memory).reach(isNew);
    }
  }

  private int[] reach(FixedBitSet isNew) {
    memory.reserve(2L * Long.BYTES * isNew.getBits().length, "[" + codes.size() + "] documents");
    FixedBitSet reached = isNew.clone();
    int[] last = documents(isNew);
    long count = last.length;
    while (last.length > 0) {
      if (count * MOST > codes.size()) {
        reached.set(0, codes.size());
        break;
      }
      FixedBitSet near = new FixedBitSet(codes.size());
      markNear(last, reached, near);
      int[] next = documents(near);
      if (next.length > 0) {
        next = verified.connected(last, next);
      }
      Arrays.stream(next).forEach(reached::set);
      count += next.length;
      memory.release((long) Integer.BYTES * last.length);
      last = next;
    }
    return documents(reached);
  }

  private int[] documents(FixedBitSet set) {
    int count = set.cardinality();
    memory.reserve((long) Integer.BYTES * count, "[" + count + "] documents");
    int[] documents = new int[count];
    BitSetIterator iterator = new BitSetIterator(set, count);
    int document = iterator.nextDoc();
    for (int i = 0; document != DocIdSetIterator.NO_MORE_DOCS; document = iterator.nextDoc()) {
      documents[i++] = document;
    }
    return documents;
  }

  private void markNear(int[] asked, FixedBitSet reached, FixedBitSet near) {
    try (Reservation own = new Reservation(memory.account())) {
      own.reserve((long) Long.BYTES * CodeTable.wordsFor(codes.bits(), asked.length), "codes");
      CodeTable different = DistinctCodes.of(codes.of(asked), workers, own).codes();
      lookup.mark(different, reached, near);
    }
  }
}
