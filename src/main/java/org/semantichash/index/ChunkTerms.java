// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.index;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.semantichash.hash.BinaryCode;

/**
 * How the chunks of codes are indexed, for multi-index hashing: every code is cut into disjoint
 * runs of bits, and each run is a term of one field beside the doc value.
 *
 * <p>A code of {@code bits} bits has max(1, bits / 16) chunks whose widths differ by one bit at
 * most, the wider ones first: 16 bits each where 16 divides the width, one chunk below 32 bits, and
 * never one of a few bits, which would select nothing. 16 bits are log2 of 65,536 documents, near
 * the best width for the segments of a shard; one width for all sizes lets segments merge. A term
 * is the number of the chunk in one byte, then its bits as a number, most significant byte first.
 *
 * <p>Source: Norouzi, Punjani and Fleet, "Fast exact search in Hamming space with multi-index
 * hashing", IEEE TPAMI 36(6), 2014, section 3. Deviation: sorted terms with their documents instead
 * of a hash table for each chunk.
 */
public final class ChunkTerms {

  private static final int CHUNK_BITS = 16;

  // No part of a field's path can be empty, so that no field of a user has this name.
  private static final String SUFFIX = "..chunks";

  private final int bits;
  private final int chunks;

  /**
   * The chunks of codes of one width.
   *
   * @param bits the width of the codes
   */
  public ChunkTerms(int bits) {
    this.bits = bits;
    this.chunks = Math.max(1, bits / CHUNK_BITS);
  }

  /** The name of the Lucene field with the chunks of the codes in another field. */
  public static String fieldName(String name) {
    return name + SUFFIX;
  }

  /** What a document needs beside the code's doc value: documents only, not stored, no norms. */
  public static List<IndexableField> fields(String name, BinaryCode code) {
    ChunkTerms terms = new ChunkTerms(code.bits());
    byte[] bytes = code.toBytes();
    List<IndexableField> fields = new ArrayList<>(terms.chunks);
    for (int chunk = 0; chunk < terms.chunks; chunk++) {
      BytesRef term = terms.term(chunk, terms.value(bytes, chunk));
      fields.add(new StringField(fieldName(name), term, Field.Store.NO));
    }
    return fields;
  }

  /** How many chunks a code has, 1 to 256. */
  public int count() {
    return chunks;
  }

  /** The width of a chunk, 4 to 31 bits. */
  public int width(int chunk) {
    return bits / chunks + (chunk < bits % chunks ? 1 : 0);
  }

  /**
   * The bits of a chunk, as a number.
   *
   * @param code the bytes of a code
   */
  public int value(byte[] code, int chunk) {
    int from = chunk * (bits / chunks) + Math.min(chunk, bits % chunks);
    int to = from + width(chunk);
    long window = 0;
    int end = (to + Byte.SIZE - 1) / Byte.SIZE;
    for (int i = from / Byte.SIZE; i < end; i++) {
      window = window << Byte.SIZE | (code[i] & 0xff);
    }
    return (int) (window >>> (end * Byte.SIZE - to) & ((1L << width(chunk)) - 1));
  }

  /** The term of a chunk with this value. */
  public BytesRef term(int chunk, int value) {
    byte[] term = new byte[1 + (width(chunk) + Byte.SIZE - 1) / Byte.SIZE];
    term[0] = (byte) chunk;
    for (int i = term.length - 1, rest = value; i > 0; i--, rest >>>= Byte.SIZE) {
      term[i] = (byte) rest;
    }
    return new BytesRef(term);
  }
}
