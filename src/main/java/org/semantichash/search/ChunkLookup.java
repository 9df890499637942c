// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.SparseFixedBitSet;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.BitFlips;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeField;

/**
 * Looks up the chunks of one query code in one segment, radius after radius.
 *
 * <p>Once the steps to the radii 0, 1, ..., r are read, every document within r is among the
 * candidates. With m chunks and r = m * a + b, the first b + 1 chunks have then been searched to
 * radius a, the others to a - 1: a code that differs more in each of them differs in more than r
 * bits. Step r thus looks up the values at distance exactly r / m from chunk r % m.
 *
 * <p>Source: Norouzi, Punjani and Fleet, "Fast exact search in Hamming space with multi-index
 * hashing", IEEE TPAMI 36(6), 2014, Propositions 1 and 2 and Algorithm 2.
 */
final class ChunkLookup {

  private record SeenTerm(BytesRef term, TermState state) {}

  private final ChunkTerms layout;
  private final byte[] query;
  private final TermsEnum terms;
  private final List<SeenTerm> seen = new ArrayList<>();
  private PostingsEnum postings;

  private ChunkLookup(ChunkTerms layout, byte[] query, TermsEnum terms) {
    this.layout = layout;
    this.query = query;
    this.terms = terms;
  }

  /**
   * The chunks of a segment.
   *
   * @param codes the codes of the segment
   * @return null when some of its codes may have no chunk terms, or others
   */
  static ChunkLookup of(
      LeafReader segment, CodeField field, BinaryDocValues codes, BinaryCode query)
      throws IOException {
    if (field.chunks() == false || wasUpdated(segment, field)) {
      return null;
    }
    Terms terms = segment.terms(ChunkTerms.fieldName(field.name()));
    return terms == null || terms.getDocCount() < codes.cost()
        ? null
        : new ChunkLookup(new ChunkTerms(query.bits()), query.toBytes(), terms.iterator());
  }

  // Doc values can be updated in place, terms cannot.
  private static boolean wasUpdated(LeafReader segment, CodeField field) {
    FieldInfo info = segment.getFieldInfos().fieldInfo(field.name());
    return info == null || info.getDocValuesGen() != -1;
  }

  /** How many chunks a code has. */
  int chunks() {
    return layout.count();
  }

  /** How many terms the step to a radius looks up. */
  long lookups(int radius) {
    int chunk = radius % layout.count();
    return BitFlips.count(layout.width(chunk), radius / layout.count());
  }

  /**
   * Looks the terms of a step up.
   *
   * @return how many documents they have, one that has several of them counted as often
   */
  long seek(int radius) throws IOException {
    int chunk = radius % layout.count();
    int value = layout.value(query, chunk);
    long documents = 0;
    for (int near : BitFlips.values(value, layout.width(chunk), radius / layout.count())) {
      BytesRef term = layout.term(chunk, near);
      if (terms.seekExact(term)) {
        documents += terms.docFreq();
        seen.add(new SeenTerm(term, terms.termState()));
      }
    }
    return documents;
  }

  /** Reads the documents of the terms that were found since the last call. */
  void read(Candidates candidates) throws IOException {
    for (SeenTerm one : seen) {
      terms.seekExact(one.term(), one.state());
      postings = terms.postings(postings, PostingsEnum.NONE);
      candidates.add(postings);
    }
    seen.clear();
  }

  /** The documents of one segment that share a chunk, each of them once. */
  static final class Candidates {

    private final SparseFixedBitSet seen;
    private int[] documents = new int[64];
    private int size;

    /** None as yet, of a segment with this many documents. */
    Candidates(int maxDoc) {
      seen = new SparseFixedBitSet(maxDoc);
    }

    void add(PostingsEnum postings) throws IOException {
      int document = postings.nextDoc();
      for (; document != DocIdSetIterator.NO_MORE_DOCS; document = postings.nextDoc()) {
        if (seen.getAndSet(document) == false) {
          documents = ArrayUtil.grow(documents, size + 1);
          documents[size++] = document;
        }
      }
    }

    /** The documents that were added since the last call, ascending. */
    int[] takeNew() {
      int[] taken = Arrays.copyOf(documents, size);
      Arrays.sort(taken);
      size = 0;
      return taken;
    }
  }

  /** All documents of a segment within a distance, by their chunks. */
  static final class WithinRadius {

    private final ChunkLookup chunks;
    private final int radius;
    private final long documents;
    private final long cost;

    private WithinRadius(ChunkLookup chunks, int radius, long documents, long cost) {
      this.chunks = chunks;
      this.radius = radius;
      this.documents = documents;
      this.cost = cost;
    }

    /**
     * Looks the terms up, and stops as soon as it would cost too much.
     *
     * @param budget the most that it may cost
     * @return null when it costs more
     */
    static WithinRadius within(
        ChunkLookup chunks, int radius, SearchTuning.Costs costs, long budget) throws IOException {
      long cost = 0;
      for (int r = 0; r <= radius && cost <= budget; r++) {
        cost += costs.lookups(chunks.lookups(r));
      }
      long documents = 0;
      long lookups = cost;
      for (int r = 0; r <= radius && cost <= budget; r++) {
        documents += chunks.seek(r);
        cost = lookups + costs.candidates(documents);
      }
      return cost <= budget ? new WithinRadius(chunks, radius, documents, cost) : null;
    }

    /** No more documents than this match. */
    long documents() {
      return documents;
    }

    /** What it costs in all. */
    long cost() {
      return cost;
    }

    /**
     * The documents; can be called once.
     *
     * @param maxDoc how many documents the segment has
     */
    FoundCodes find(int maxDoc, SegmentCodes codes) throws IOException {
      Candidates candidates = new Candidates(maxDoc);
      chunks.read(candidates);
      return FoundCodes.within(candidates.takeNew(), codes, radius);
    }
  }
}
