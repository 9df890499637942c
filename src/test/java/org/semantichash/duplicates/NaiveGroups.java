// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups of {@link Grouping.Linkage}, word by word from its definition: a matrix of all
 * distances.
 */
final class NaiveGroups {

  /** A group as it is compared. */
  record Group(List<Integer> documents, int diameter, boolean capped) {}

  private record Pair(int lower, int upper, int distance) {}

  private static final class Growing {
    private final TreeSet<Integer> documents = new TreeSet<>();
    private boolean capped;
  }

  private final int[][] matrix;
  private final int maxDistance;
  private final Grouping grouping;
  private final int[] numbers; // of the codes, by document
  private final List<Growing> groupOf = new ArrayList<>(); // by document

  private NaiveGroups(CodeTable codes, int maxDistance, Grouping grouping, int[] numbers) {
    this.matrix = matrix(codes);
    this.numbers = numbers;
    this.maxDistance = maxDistance;
    this.grouping = grouping;
  }

  static int[][] matrix(CodeTable codes) {
    int[][] matrix = new int[codes.size()][codes.size()];
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < codes.size(); j++) {
        for (int word = 0; word < codes.wordCount(); word++) {
          matrix[i][j] += Long.bitCount(codes.word(i, word) ^ codes.word(j, word));
        }
      }
    }
    return matrix;
  }

  /** The groups, with these numbers of the codes, by document. */
  static List<Group> of(CodeTable codes, int maxDistance, Grouping grouping, int[] numbers) {
    return new NaiveGroups(codes, maxDistance, grouping, numbers).groups();
  }

  private List<Group> groups() {
    for (int document = 0; document < matrix.length; document++) {
      groupOf.add(equalTo(document));
      groupOf.get(document).documents.add(document);
    }
    for (Growing group : groupOf) {
      group.capped = group.documents.size() > grouping.maxSize();
    }
    for (Pair pair : pairs()) {
      take(groupOf.get(pair.lower), groupOf.get(pair.upper));
    }
    Set<Growing> all = new LinkedHashSet<>(groupOf);
    return all.stream()
        .filter(group -> group.documents.size() >= grouping.minSize())
        .map(group -> new Group(List.copyOf(group.documents), diameter(group), group.capped))
        .sorted(
            Comparator.comparingInt((Group group) -> -group.documents.size())
                .thenComparingInt(group -> group.documents.getFirst()))
        .toList();
  }

  private Growing equalTo(int document) {
    for (int other = 0; other < document; other++) {
      if (matrix[document][other] == 0) {
        return groupOf.get(other);
      }
    }
    return new Growing();
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        if (numbers[i] < numbers[j] && matrix[i][j] <= maxDistance) {
          pairs.add(new Pair(i, j, matrix[i][j]));
        }
      }
    }
    pairs.sort(
        Comparator.comparingInt(Pair::distance)
            .thenComparingInt(pair -> numbers[pair.lower])
            .thenComparingInt(pair -> numbers[pair.upper]));
    return pairs;
  }

  private void take(Growing one, Growing other) {
    if (one == other || allows(one, other) == false) {
      return;
    }
    if (one.documents.size() + other.documents.size() > grouping.maxSize()) {
      one.capped = true;
      other.capped = true;
      return;
    }
    one.documents.addAll(other.documents);
    one.capped |= other.capped;
    other.documents.forEach(document -> groupOf.set(document, one));
  }

  private boolean allows(Growing one, Growing other) {
    return grouping.linkage() == Grouping.Linkage.SINGLE
        || one.documents.stream()
            .allMatch(a -> other.documents.stream().allMatch(b -> matrix[a][b] <= maxDistance));
  }

  private int diameter(Growing group) {
    return group.documents.stream()
        .flatMapToInt(a -> group.documents.stream().mapToInt(b -> matrix[a][b]))
        .max()
        .orElseThrow();
  }
}
