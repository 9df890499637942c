// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import java.util.List;

/** What a verification by text has found. Holds the memory of its groups until it is closed. */
public final class VerifiedDuplicates implements AutoCloseable {

  private final Reservation memory;
  private final DuplicateGroups.Collector collector;
  private final long[] distances;
  private final long[] candidates;
  private final long[] verified;
  private final long[] similarities = new long[11];
  private DuplicateGroups groups;
  private long texts;
  private long withoutText;
  private long shortTexts;
  private long copies;
  private long shortCopies;
  private int exactGroups;

  VerifiedDuplicates(int maxDistance, Reservation memory) {
    this.memory = memory;
    this.collector = new DuplicateGroups.Collector(memory);
    this.distances = new long[maxDistance + 1];
    this.candidates = new long[maxDistance + 1];
    this.verified = new long[maxDistance + 1];
  }

  void addText(boolean hasText, boolean isShort) {
    texts += hasText ? 1 : 0;
    withoutText += hasText ? 0 : 1;
    shortTexts += isShort ? 1 : 0;
  }

  void addCandidate(int distance, boolean isSimilar) {
    candidates[distance]++;
    verified[distance] += isSimilar ? 1 : 0;
  }

  /** Documents with the same code and words. */
  void addCopies(int count, boolean areShort) {
    copies += count - 1;
    shortCopies += areShort ? count - 1 : 0;
    distances[0] += (long) count * (count - 1) / 2;
  }

  /** Pairs of documents with two similar texts. */
  void addPairs(int distance, double similarity, long pairs) {
    distances[distance] += pairs;
    similarities[(int) (10 * similarity)]++;
  }

  void addMember(int document, float similarity) {
    collector.add(document, similarity);
  }

  void endGroup(int diameter, boolean capped, boolean exact) {
    collector.end(diameter, capped);
    exactGroups += exact ? 1 : 0;
  }

  void finish() {
    groups = collector.finish();
  }

  /** The groups of documents, with their similarities to the kept one. */
  public DuplicateGroups groups() {
    return groups;
  }

  /** How many pairs of documents are near-duplicates at each distance, [0 to the largest]. */
  public long[] distances() {
    return distances;
  }

  /** How many pairs of documents are near-duplicates. */
  public long pairs() {
    return Arrays.stream(distances).sum();
  }

  /** How many pairs of different texts were compared at each distance, [0 to the largest]. */
  public long[] candidatesByDistance() {
    return candidates;
  }

  /** How many of these pairs are similar enough, [0 to the largest distance]. */
  public long[] verifiedByDistance() {
    return verified;
  }

  /** How many pairs of different texts were compared. */
  public long candidates() {
    return Arrays.stream(candidates).sum();
  }

  /** How many of these pairs are similar enough. */
  public long verified() {
    return Arrays.stream(verified).sum();
  }

  /**
   * How many pairs of texts are similar enough by tenths: from 0, .1 ... on, the last those of 1.
   */
  public List<Long> similarities() {
    return Arrays.stream(similarities).boxed().toList();
  }

  /** How many texts were read: those of documents near to another one. */
  public long texts() {
    return texts;
  }

  /** How many documents near to another one have no word. */
  public long withoutText() {
    return withoutText;
  }

  /** How many of the texts that were read are short. */
  public long shortTexts() {
    return shortTexts;
  }

  /** How many documents have code and words of another one that was counted before. */
  public long copies() {
    return copies;
  }

  /** How many of these are short: without one, a short text is a copy of none. */
  public long shortCopies() {
    return shortCopies;
  }

  /** How many groups have documents with the same words only. */
  public int exactGroups() {
    return exactGroups;
  }

  @Override
  public void close() {
    memory.close();
  }
}
