// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.util.Objects;
import java.util.Optional;
import org.elasticsearch.core.TimeValue;
import org.semantichash.hash.BinaryCode;

/**
 * The codes of documents that went through this node lately and that no search need find yet: a
 * ring of the last {@value #CAPACITY}, each remembered for {@link #AGE}. Of two near-duplicates
 * that a user writes at the same time, each is offered, and the second one finds the first.
 */
final class RecentCodes {

  /** All indices together; about a megabyte. */
  static final int CAPACITY = 10_000;

  /** Longer than a refresh takes by default. */
  static final TimeValue AGE = TimeValue.timeValueSeconds(60);

  /**
   * A document.
   *
   * @param index the name that it was written to
   * @param field of its code
   * @param id its id, which is not null
   * @param user a digest of who wrote it, null where security is off: nobody else may be told of it
   */
  record Key(String index, String field, String id, String user) {

    boolean isComparable(Key other) {
      return id.equals(other.id) == false
          && field.equals(other.field)
          && index.equals(other.index)
          && Objects.equals(user, other.user);
    }
  }

  private record Entry(Key key, BinaryCode code, long nanos) {}

  private final Entry[] ring = new Entry[CAPACITY];
  private int next;

  /**
   * Finds the nearest of the documents of the same index and field, or remembers this one.
   *
   * @param maxDistance in bits
   * @param now a {@code nanoTime}
   * @return the id and the distance of one that is near; empty when this one was remembered
   */
  synchronized Optional<NearDuplicate> findOrAdd(
      Key key, BinaryCode code, int maxDistance, long now) {
    Entry nearest = null;
    int least = maxDistance + 1;
    for (int back = 1; back <= CAPACITY; back++) {
      Entry entry = ring[Math.floorMod(next - back, CAPACITY)];
      if (entry == null || now - entry.nanos() > AGE.nanos()) {
        break; // those before are older
      }
      if (entry.code().bits() == code.bits() && entry.key().isComparable(key)) {
        int distance = entry.code().distance(code);
        if (distance < least) {
          least = distance;
          nearest = entry;
        }
      }
    }
    if (nearest != null) {
      return Optional.of(
          new NearDuplicate(nearest.key().id(), key.index(), least, maxDistance, false));
    }
    ring[next] = new Entry(key, code, now);
    next = (next + 1) % CAPACITY;
    return Optional.empty();
  }

  /**
   * A document that is near another.
   *
   * @param id its id
   * @param index its index, or the name that it was written to
   * @param distance in bits
   * @param maxDistance the largest that was looked for
   * @param stored whether a search found it; else it may still fail to be stored
   */
  record NearDuplicate(String id, String index, int distance, int maxDistance, boolean stored) {}
}
