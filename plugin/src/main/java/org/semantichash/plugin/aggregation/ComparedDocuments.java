// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.hash.BinaryCode;

/**
 * The documents of all shards in one order, by index and then by id, so that the groups do not
 * depend on the shards.
 */
final class ComparedDocuments {

  /** What a place in the order and a document in the answer take, roughly. */
  private static final int PLACE_BYTES = 64;

  /** A document of a shard. */
  private record Place(ShardDocuments shard, int document) {

    String index() {
      return shard.index();
    }

    String id() {
      return shard.id(document);
    }
  }

  private final List<Place> places;
  private final CodeTable codes;

  private ComparedDocuments(List<Place> places, CodeTable codes) {
    this.places = places;
    this.codes = codes;
  }

  /** How much memory the documents take. */
  static long bytes(int bits, int documents) {
    return (long) documents * PLACE_BYTES + (long) Long.BYTES * CodeTable.wordsFor(bits, documents);
  }

  /** Documents with codes of one width. */
  static ComparedDocuments of(List<ShardDocuments> shards, int bits) {
    List<Place> places = new ArrayList<>();
    for (ShardDocuments shard : shards) {
      for (int document = 0; document < shard.size(); document++) {
        places.add(new Place(shard, document));
      }
    }
    places.sort(Comparator.comparing(Place::index).thenComparing(Place::id));
    int bytes = BinaryCode.byteLength(bits);
    long[] words = new long[CodeTable.wordsFor(bits, places.size())];
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      CodeTable.pack(words, i, place.shard().codes(), place.document() * bytes, bytes);
    }
    return new ComparedDocuments(places, new CodeTable(bits, places.size(), words));
  }

  /** Their groups. */
  FoundGroups group(NearDuplicatesOptions options, JoinResources resources) {
    try (NearDuplicates found =
        NearDuplicates.find(codes, options.maxDistance(), options.grouping(), resources)) {
      DuplicateGroups groups = found.groups();
      List<FoundGroup> some = new ArrayList<>();
      for (int group = 0; group < Math.min(options.size(), groups.count()); group++) {
        some.add(group(groups, group));
      }
      return new FoundGroups(groups.count(), groups.documentCount(), capped(groups), some);
    }
  }

  private static int capped(DuplicateGroups groups) {
    int capped = 0;
    for (int group = 0; group < groups.count(); group++) {
      capped += groups.capped(group) ? 1 : 0;
    }
    return capped;
  }

  private FoundGroup group(DuplicateGroups groups, int group) {
    int[] documents = groups.documents(group);
    List<FoundGroup.Document> named = new ArrayList<>(documents.length);
    for (int document : documents) {
      Place place = places.get(document);
      int distance = codes.distance(documents[0], document);
      named.add(new FoundGroup.Document(place.index(), place.id(), distance));
    }
    return new FoundGroup(groups.diameter(group), groups.capped(group), named);
  }
}
