// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.index.mapper.SeqNoFieldMapper;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.plugin.duplicates.result.DuplicatesResults.ResultGroups;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MemberVersions;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersResponse;
import org.semantichash.plugin.memory.BreakerMemory;

/** The groups as they are shown: the largest first, among equals that with the lowest id. */
final class OrderedGroups implements ResultGroups {

  private static final double SHOWN = 10_000;
  private static final int BYTES = 64; // of a group while groups are ordered, and of its number

  private final DuplicateGroups groups;
  private final GroupMembers documents;
  private final CodeTable codes;
  private final Integer[] order;

  OrderedGroups(
      DuplicateGroups groups, GroupMembers documents, CodeTable codes, BreakerMemory memory) {
    memory.require((long) groups.count() * BYTES);
    this.groups = groups;
    this.documents = documents;
    this.codes = codes;
    this.order = new Integer[groups.count()];
    Arrays.setAll(order, group -> group);
    Integer[] lowest = new Integer[groups.count()];
    Arrays.setAll(lowest, this::lowest);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingInt(group -> -groups.size(group))
            .thenComparing(group -> lowest[group], documents.byId()));
  }

  private Integer lowest(int group) {
    return Arrays.stream(groups.documents(group)).boxed().min(documents.byId()).orElseThrow();
  }

  @Override
  public int count() {
    return order.length;
  }

  @Override
  public Map<String, Object> group(int place) {
    int group = order[place];
    List<Integer> members =
        new ArrayList<>(Arrays.stream(groups.documents(group)).boxed().toList());
    Integer kept = members.stream().min(documents.byScore()).orElseThrow();
    members.sort(
        Comparator.<Integer, Boolean>comparing(code -> code.equals(kept) == false)
            .thenComparing(documents.byId()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("size", members.size());
    fields.put("diameter", groups.diameter(group));
    fields.put("capped", groups.capped(group));
    fields.put("keep", documents.id(kept));
    if (groups.hasSimilarities()) {
      assert groups.similarity(group, kept) == 1 : "another one was kept";
      fields.put(
          "min_similarity",
          members.stream().mapToDouble(code -> similarity(group, code)).min().orElseThrow());
    }
    fields.put("documents", members.stream().map(code -> document(group, code, kept)).toList());
    return fields;
  }

  /** Cut off behind four places, so that only those without a difference are shown as 1. */
  private double similarity(int group, int code) {
    return Math.floor(groups.similarity(group, code) * SHOWN) / SHOWN;
  }

  private Map<String, Object> document(int group, int code, int kept) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("_index", documents.index(code));
    fields.put("_id", documents.id(code));
    documents.putVersion(code, fields);
    fields.put("distance", codes.distance(code, kept));
    if (groups.hasSimilarities()) {
      fields.put("similarity", similarity(group, code));
    }
    return fields;
  }

  /** The documents of groups: their ids, versions, and how much speaks for keeping them. */
  static final class GroupMembers {

    /** What a string takes beside its characters, which are of one byte. */
    private static final int STRING_BYTES = 48;

    private final ShardCodeTable table;
    private final BreakerMemory memory;
    private final int[] codes; // ascending
    private final String[] ids;
    private final long[] scores;
    private final MemberVersions versions; // null where nobody asked for them

    private GroupMembers(
        ShardCodeTable table, BreakerMemory memory, int[] codes, boolean versions) {
      this.table = table;
      this.memory = memory;
      this.codes = codes;
      this.ids = new String[codes.length];
      this.scores = new long[codes.length];
      this.versions = versions ? new MemberVersions(codes.length) : null;
    }

    /**
     * The documents of groups, that have no names yet.
     *
     * @param versions whether they get versions too
     */
    static GroupMembers of(
        DuplicateGroups groups, ShardCodeTable table, boolean versions, BreakerMemory memory) {
      int count = groups.documentCount();
      int longs = versions ? 3 : 1;
      memory.require((long) count * (2 * Integer.BYTES + longs * Long.BYTES + Integer.BYTES));
      int[] codes = new int[count];
      int at = 0;
      for (int group = 0; group < groups.count(); group++) {
        int[] some = groups.documents(group);
        System.arraycopy(some, 0, codes, at, some.length);
        at += some.length;
      }
      Arrays.sort(codes);
      return new GroupMembers(table, memory, codes, versions);
    }

    int size() {
      return codes.length;
    }

    /** The place of the shard of a document. */
    int shard(int place) {
      return table.shard(codes[place]);
    }

    /** The first place from one on that is of a later shard. */
    int endOfShard(int place) {
      int found = Arrays.binarySearch(codes, place, codes.length, table.end(shard(place)));
      return found < 0 ? -1 - found : found;
    }

    /** The documents in their shard, of some places. */
    int[] inShard(int from, int to) {
      return Arrays.stream(codes, from, to).map(table.codes()::document).toArray();
    }

    /** Takes the names of the documents from a place on. */
    void name(int from, MembersResponse named) {
      long bytes = 0;
      for (String id : named.ids()) {
        bytes += STRING_BYTES + id.length();
      }
      memory.require(bytes);
      assert named.ids().length == named.scores().length;
      System.arraycopy(named.ids(), 0, ids, from, named.ids().length);
      System.arraycopy(named.scores(), 0, scores, from, named.scores().length);
      if (versions != null) {
        versions.put(from, named.versions());
      }
    }

    private int place(int code) {
      int found = Arrays.binarySearch(codes, code);
      assert found >= 0 : "code [" + code + "] is in no group";
      return found;
    }

    /** The id of the document of a code. */
    String id(int code) {
      return ids[place(code)];
    }

    /** The index of the document of a code. */
    String index(int code) {
      return table.index(code);
    }

    /** Puts the version of the document of a code, as a hit of a search has it. */
    void putVersion(int code, Map<String, Object> fields) {
      if (versions != null) {
        fields.put(SeqNoFieldMapper.NAME, versions.seqNo(place(code)));
        fields.put(SeqNoFieldMapper.PRIMARY_TERM_NAME, versions.primaryTerm(place(code)));
      }
    }

    /** By id, then by index. */
    Comparator<Integer> byId() {
      return Comparator.<Integer, String>comparing(this::id).thenComparing(this::index);
    }

    /** The kept document first. */
    Comparator<Integer> byScore() {
      return Comparator.<Integer>comparingLong(code -> scores[place(code)])
          .reversed()
          .thenComparing(byId());
    }
  }
}
