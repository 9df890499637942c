// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.chunks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.semantichash.hash.BinaryCode;
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
public final class ChunkLookup {

  private record Found(BytesRef term, TermState state) {}

  private final ChunkTerms layout;
  private final byte[] query;
  private final TermsEnum terms;
  private final List<Found> found = new ArrayList<>();
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
  public static ChunkLookup of(
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
  public int chunks() {
    return layout.count();
  }

  /** How many terms the step to a radius looks up. */
  public long lookups(int radius) {
    int chunk = radius % layout.count();
    return BitFlips.count(layout.width(chunk), radius / layout.count());
  }

  /**
   * Looks the terms of a step up.
   *
   * @return how many documents they have, one that has several of them counted as often
   */
  public long seek(int radius) throws IOException {
    int chunk = radius % layout.count();
    int value = layout.value(query, chunk);
    long documents = 0;
    for (int near : BitFlips.values(value, layout.width(chunk), radius / layout.count())) {
      BytesRef term = layout.term(chunk, near);
      if (terms.seekExact(term)) {
        documents += terms.docFreq();
        found.add(new Found(term, terms.termState()));
      }
    }
    return documents;
  }

  /** Reads the documents of the terms that were found since the last call. */
  public void read(Candidates candidates) throws IOException {
    for (Found one : found) {
      terms.seekExact(one.term(), one.state());
      postings = terms.postings(postings, PostingsEnum.NONE);
      candidates.add(postings);
    }
    found.clear();
  }
}
