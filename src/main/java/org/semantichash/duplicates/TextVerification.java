// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.duplicates.CandidateParts.Part;

/**
 * Compares the texts of all candidates and groups documents by the pairs that are similar enough.
 * Exact: no pair of codes is passed over, and each pair of different texts is compared once.
 *
 * <p>Documents with the same code and the same words in the same order are one text, which needs no
 * comparison. Two texts are candidates when their codes are within the distance. Groups are those
 * of {@link Grouping.Linkage} with texts for codes: texts are merged along the verified pairs, the
 * most similar first, then the nearest, then by their codes and digests; complete linkage asks for
 * a verified pair of any two texts of a group. So the same codes and texts make the same groups, in
 * whatever order and on whatever shards their documents are.
 *
 * <p>Candidates fall into parts that no pair connects. Texts are read for some parts at a time and
 * given back, so that the memory is that of the largest part, not of all texts.
 */
public final class TextVerification {

  private static final int BATCH = 4096; // documents whose texts are read together, or a part's

  /** What becomes of texts with few words, of which a code says little. */
  public enum ShortTexts {
    /** They are copies of texts with the same words in the same order, and of no others. */
    EXACT,
    /** They are compared with no other. */
    LEAVE_OUT
  }

  /**
   * When two texts are near-duplicates.
   *
   * @param similarity of their shingles
   * @param min the least similarity, more than 0 and at most 1
   * @param minWords texts with fewer words are short; 0 for none
   * @param shortTexts what becomes of them
   * @param maxCandidates how many pairs of texts are compared at most
   */
  public record Criterion(
      TextSimilarity similarity,
      double min,
      int minWords,
      ShortTexts shortTexts,
      long maxCandidates) {

    /** Checks the numbers. */
    public Criterion {
      if (min > 0 == false || min > 1) {
        throw new IllegalArgumentException(
            "[min] must be a similarity above [0] and at most [1], got [" + min + "]");
      }
      if (minWords < 0) {
        throw new IllegalArgumentException(
            "[min_words] must be at least [0], got [" + minWords + "]");
      }
      if (maxCandidates < 1) {
        throw new IllegalArgumentException(
            "[max_candidates] must be at least [1], got [" + maxCandidates + "]");
      }
    }

    /**
     * From how many words on texts are compared unless another number is asked for. An edited word
     * changes as many shingles as a shingle has words, so that a text of fewer than three shingles
     * less a word, with a word edited in its middle, has a Jaccard similarity below a third. Below
     * ten words, whatever the shingles, many texts that are no copies share a third: 15 of 1000
     * titles of nine words with shingles of three, and 1 of 1000 of ten.
     *
     * @param shingle words of a shingle
     * @return 10 up to 3 words
     */
    public static int defaultMinWords(int shingle) {
      return Math.max(10, 3 * shingle - 1);
    }

    /** The same with another limit. */
    Criterion withMaxCandidates(long most) {
      return new Criterion(similarity, min, minWords, shortTexts, most);
    }

    private boolean isShort(ShingledText text) {
      return text.words() < minWords;
    }
  }

  /** Reads the texts of documents. */
  @FunctionalInterface
  public interface TextSource {

    /**
     * Reads some texts, whose memory is accounted until they are closed.
     *
     * @param documents as the table of codes has them, ascending
     */
    Texts read(int[] documents);

    /** The texts of the documents of one call, by their places in it. */
    interface Texts extends AutoCloseable {

      /** Null for a document without a word. */
      ShingledText text(int place);

      /** Orders documents: of a group, the first is kept. */
      int compareKept(int place, int other);

      @Override
      void close();
    }
  }

  /** Documents with one code and the same words. */
  @SuppressWarnings("ArrayRecordComponent") // shared, never compared
  record Text(int code, ShingledText words, int[] places) {}

  /** The texts of a part, from starts[i] on those of its code i: by digest, the short ones last. */
  @SuppressWarnings("ArrayRecordComponent") // shared, never compared
  private record PartTexts(Part part, List<Text> texts, int[] starts) {}

  private final CandidatePairs candidates;
  private final DistinctCodes distinct;
  private final Criterion criterion;
  private final Grouping grouping;
  private final TextSource source;
  private final Workers workers;
  private final Reservation memory;
  private final VerifiedDuplicates found;
  private long compared;
  private long steps;

  private TextVerification(
      CandidatePairs candidates,
      Criterion criterion,
      Grouping grouping,
      TextSource source,
      JoinResources resources,
      Reservation memory) {
    this.candidates = candidates;
    this.distinct = candidates.distinct();
    this.criterion = criterion;
    this.grouping = grouping;
    this.source = source;
    this.workers = new Workers(resources);
    this.memory = memory;
    this.found = new VerifiedDuplicates(candidates.pairs().maxDistance(), memory);
  }

  /**
   * Verifies candidates.
   *
   * @param candidates pairs of codes; the caller's, who closes them
   * @param source of the texts, called by this thread
   * @param resources what may be used; on an exception all is given back
   * @return holds its memory until it is closed
   * @throws CandidatePairs.TooManyPairsException when there are more pairs of texts than allowed
   * @throws JoinResources.MemoryRefusedException when the memory is not granted
   */
  public static VerifiedDuplicates verify(
      CandidatePairs candidates,
      Criterion criterion,
      Grouping grouping,
      TextSource source,
      JoinResources resources) {
    Reservation memory = new Reservation(resources.memory());
    try {
      return new TextVerification(candidates, criterion, grouping, source, resources, memory)
          .verify();
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private VerifiedDuplicates verify() {
    workers.stage(1);
    CandidateParts parts = CandidateParts.of(candidates, memory);
    List<Part> batch = new ArrayList<>();
    int documents = 0;
    for (Part part = parts.next(); part != null; part = parts.next()) {
      batch.add(part);
      documents += part.documents(distinct);
      if (documents >= BATCH) {
        verify(batch, documents);
        workers.advance(parts.share(batch));
        batch.clear();
        documents = 0;
      }
    }
    verify(batch, documents);
    parts.close();
    workers.advance(1);
    found.finish();
    return found;
  }

  private void verify(List<Part> batch, int count) {
    workers.check();
    int[] documents = new int[count];
    int filled = 0;
    for (Part part : batch) {
      for (int code : part.codes()) {
        for (int i = 0; i < distinct.count(code); i++) {
          documents[filled++] = distinct.document(code, i);
        }
      }
    }
    Arrays.sort(documents);
    try (TextSource.Texts texts = source.read(documents)) {
      batch.forEach(part -> verify(part, documents, texts));
    }
  }

  private void verify(Part part, int[] documents, TextSource.Texts texts) {
    PartTexts all = new PartTexts(part, new ArrayList<>(), new int[part.codes().length + 1]);
    for (int i = 0; i < part.codes().length; i++) {
      all.texts().addAll(textsOf(part.codes()[i], documents, texts));
      all.starts()[i + 1] = all.texts().size();
    }
    try (SimilarPairs verified = new SimilarPairs(all.texts(), memory)) {
      compare(all, verified);
      verified.count(found);
      group(all.texts(), documents, texts, verified);
    }
  }

  /** The different texts of a code. */
  private List<Text> textsOf(int code, int[] documents, TextSource.Texts texts) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < distinct.count(code); i++) {
      int place = Arrays.binarySearch(documents, distinct.document(code, i));
      ShingledText text = texts.text(place);
      boolean isShort = text != null && criterion.isShort(text);
      found.addText(text != null, isShort);
      if (text != null && (isShort == false || criterion.shortTexts() == ShortTexts.EXACT)) {
        places.add(place);
      }
    }
    places.sort(
        Comparator.comparing(
            texts::text,
            Comparator.comparing(criterion::isShort)
                .thenComparingLong(ShingledText::high)
                .thenComparingLong(ShingledText::low)
                .thenComparingInt(ShingledText::words)));
    List<Text> different = new ArrayList<>();
    for (int from = 0; from < places.size(); ) {
      ShingledText text = texts.text(places.get(from));
      int to = from + 1;
      while (to < places.size() && texts.text(places.get(to)).hasWordsOf(text)) {
        to++;
      }
      int[] copies = places.subList(from, to).stream().mapToInt(Integer::intValue).toArray();
      different.add(new Text(code, text, copies));
      found.addCopies(copies.length, criterion.isShort(text));
      from = to;
    }
    return different;
  }

  /** Compares the candidates of a part, the nearest first. */
  private void compare(PartTexts all, SimilarPairs verified) {
    Part part = all.part();
    int[] ends = new int[part.codes().length]; // behind the texts of each code that are compared
    for (int i = 0; i < ends.length; i++) {
      ends[i] = all.starts()[i];
      while (ends[i] < all.starts()[i + 1]
          && criterion.isShort(all.texts().get(ends[i]).words()) == false) {
        ends[i]++;
      }
      long texts = (long) ends[i] - all.starts()[i];
      expect(texts * (texts - 1) / 2);
      for (int one = all.starts()[i]; one < ends[i]; one++) {
        compare(all.texts(), one, one + 1, ends[i], 0, verified);
      }
    }
    for (int pair : part.pairs()) {
      int a = Arrays.binarySearch(part.codes(), candidates.pairs().lower(pair));
      int b = Arrays.binarySearch(part.codes(), candidates.pairs().upper(pair));
      expect((long) (ends[a] - all.starts()[a]) * (ends[b] - all.starts()[b]));
      int distance = distinct.codes().distance(part.codes()[a], part.codes()[b]);
      for (int one = all.starts()[a]; one < ends[a]; one++) {
        compare(all.texts(), one, all.starts()[b], ends[b], distance, verified);
      }
    }
  }

  /** Before so many pairs are compared, so that nothing is compared in vain. */
  private void expect(long pairs) {
    if (pairs > criterion.maxCandidates() - compared) {
      throw new CandidatePairs.TooManyPairsException(criterion.maxCandidates());
    }
  }

  /** Compares a text with those of a range. */
  private void compare(
      List<Text> texts, int one, int from, int to, int distance, SimilarPairs verified) {
    ShingledText text = texts.get(one).words();
    for (int other = from; other < to; other++) {
      ShingledText compared = texts.get(other).words();
      step(text.hashes().length + compared.hashes().length);
      double similarity = criterion.similarity().of(text, compared);
      boolean similar = similarity >= criterion.min();
      found.addCandidate(distance, similar);
      if (similar) {
        verified.add(one, other, distance, (float) similarity);
      }
    }
    compared += to - from;
  }

  private void group(
      List<Text> texts, int[] documents, TextSource.Texts read, SimilarPairs verified) {
    long bytes = MergedGroups.bytes(texts.size());
    memory.reserve(bytes, "the groups of [" + texts.size() + "] texts");
    MergedGroups groups =
        new MergedGroups(
            texts.stream().mapToInt(text -> text.places().length).toArray(), grouping.maxSize());
    verified.merge(groups, grouping.linkage(), () -> step(1));
    for (int text = 0; text < texts.size(); text++) {
      if (groups.isGroup(text) && groups.size(text) >= grouping.minSize()) {
        List<Text> members = Arrays.stream(groups.items(text)).mapToObj(texts::get).toList();
        addGroup(members, groups.capped(text), documents, read);
      }
    }
    memory.release(bytes);
  }

  private void addGroup(
      List<Text> members, boolean capped, int[] documents, TextSource.Texts read) {
    int kept =
        members.stream()
            .flatMapToInt(text -> IntStream.of(text.places()))
            .boxed()
            .min(read::compareKept)
            .orElseThrow();
    ShingledText words = read.text(kept);
    int diameter = 0;
    for (int i = 0; i < members.size(); i++) {
      ShingledText other = members.get(i).words();
      double similarity = other.hasWordsOf(words) ? 1 : criterion.similarity().of(words, other);
      step(words.hashes().length + other.hashes().length);
      for (int place : members.get(i).places()) {
        found.addMember(documents[place], (float) similarity);
      }
      for (int j = 0; j < i; j++) {
        int distance = distinct.codes().distance(members.get(i).code(), members.get(j).code());
        diameter = Math.max(diameter, distance);
      }
    }
    boolean alone = members.size() == 1 && members.getFirst().places().length == 1;
    found.endGroup(diameter, capped, members.size() == 1 && alone == false);
  }

  private void step(int done) {
    steps += done;
    if (steps >= Workers.STEPS) {
      steps = 0;
      workers.check();
    }
  }
}
