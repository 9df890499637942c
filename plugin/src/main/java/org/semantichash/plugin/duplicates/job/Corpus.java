// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.Arrays;
import java.util.List;
import org.semantichash.plugin.duplicates.shard.ShardReader;

/** The codes of all shards, in the order of the shards and of their documents. */
final class Corpus {

  private final List<ShardReader> readers;
  private final int[] starts; // [shards + 1]
  private final ReadCodes codes;
  private final long counted;
  private final long withoutTerms;

  /**
   * Of codes that were read.
   *
   * @param readers of the shards
   * @param starts the first code of each shard, [shards + 1]
   * @param codes of all
   * @param counted how many documents count, with and without codes
   * @param withoutTerms how many of them were left out
   */
  Corpus(
      List<ShardReader> readers, int[] starts, ReadCodes codes, long counted, long withoutTerms) {
    this.readers = readers;
    this.starts = starts;
    this.codes = codes;
    this.counted = counted;
    this.withoutTerms = withoutTerms;
  }

  /** The place of the shard of a code. */
  int shard(int code) {
    int found = Arrays.binarySearch(starts, code);
    if (found < 0) {
      return -2 - found;
    }
    while (starts[found + 1] == code) {
      found++; // shards without codes
    }
    return found;
  }

  /** The first code behind those of a shard. */
  int end(int shard) {
    return starts[shard + 1];
  }

  /** The reader of a shard. */
  ShardReader reader(int shard) {
    return readers.get(shard);
  }

  /** The index of a code. */
  String index(int code) {
    return reader(shard(code)).shard().getIndexName();
  }

  /** The codes of all shards. */
  ReadCodes codes() {
    return codes;
  }

  /** How many documents count, with and without codes. */
  long counted() {
    return counted;
  }

  /** How many documents were left out that have the code of texts without known terms. */
  long withoutTerms() {
    return withoutTerms;
  }

  /** How many documents have no code. */
  long withoutCode() {
    return counted - withoutTerms - codes.size();
  }
}
