// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.oracle.CodeSet;
import org.semantichash.it.oracle.CodeTable;

/** Synthetic documents, the same for the same seed; ids are their ordinals. */
final class Documents {

  static final int BITS = 128;

  /** Tags and the share of the documents that have them. */
  static final Map<String, Double> SHARES =
      Map.of("half", .5, "tenth", .1, "hundredth", .01, "thousandth", .001);

  static final int GROUPS = 7;

  private static final double MISSING = .1;
  private static final double PARENTS = .1;
  private static final int PARTS = 3;

  /**
   * A document.
   *
   * @param code null when it has none
   * @param parts the codes of its nested documents
   */
  record Document(
      String id, BinaryCode code, List<BinaryCode> parts, int group, List<String> tags) {

    Map<String, Object> source() {
      Map<String, Object> source = new LinkedHashMap<>();
      if (code != null) {
        source.put("code", code.toHex());
        source.put("chunked", code.toHex());
        source.put("bytes", code.toBase64());
      }
      source.put("group", "g" + group);
      source.put("tags", tags);
      source.put("parts", parts.stream().map(part -> Map.of("code", part.toHex())).toList());
      return source;
    }
  }

  private final Map<String, Document> all = new LinkedHashMap<>();
  private final CodeSet codes;

  Documents(int count, long seed) {
    codes = CodeSet.make(CodeSet.Kind.CLUSTERED, BITS, count, seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      String id = Integer.toString(i);
      BinaryCode code = random.nextDouble() < MISSING ? null : CodeSet.code(codes.words(i));
      List<BinaryCode> parts = new ArrayList<>();
      for (int p = random.nextDouble() < PARENTS ? PARTS : 0; p > 0; p--) {
        parts.add(CodeSet.code(codes.words(random.nextInt(count))));
      }
      List<String> tags = new ArrayList<>();
      new TreeMap<>(SHARES)
          .forEach(
              (tag, share) -> {
                if (random.nextDouble() < share) {
                  tags.add(tag);
                }
              });
      all.put(id, new Document(id, code, parts, random.nextInt(GROUPS), tags));
    }
  }

  List<Document> list() {
    return List.copyOf(all.values());
  }

  Document get(String id) {
    return all.get(id);
  }

  /** Forgets a share of them, and says which. */
  List<String> delete(double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> deleted = all.keySet().stream().filter(id -> random.nextDouble() < share).toList();
    deleted.forEach(all::remove);
    return deleted;
  }

  /** The codes of those that have one and pass. */
  CodeTable table(Predicate<Document> passes) {
    Map<String, BinaryCode> table = new LinkedHashMap<>();
    for (Document document : all.values()) {
      if (document.code() != null && passes.test(document)) {
        table.put(document.id(), document.code());
      }
    }
    return new CodeTable(table);
  }

  CodeTable table() {
    return table(document -> true);
  }

  /** Codes like those of the documents, none of which has them. */
  List<BinaryCode> queries(int count) {
    List<BinaryCode> queries = new ArrayList<>();
    for (long[] query : codes.queries(count)) {
      queries.add(CodeSet.code(query));
    }
    return queries;
  }
}
