// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Small files that would take much time or memory: refused before they do. */
class HostileModelTest {

  private static ProjectionModel model() {
    return new ProjectionModel(50, 20, 1);
  }

  private static String reason(Consumer<ProjectionModel> change) {
    ProjectionModel model = model();
    change.accept(model);
    byte[] file = model.file();
    return assertThrows(InvalidModelException.class, () -> EncoderModel.read(file)).getMessage();
  }

  private static void node(ProtoWriter graph, String operator, String output, String... inputs) {
    graph.message(
        1,
        node -> {
          List.of(inputs).forEach(name -> node.string(1, name));
          node.string(2, output).string(4, operator);
        });
  }

  private static void zeros(ProtoWriter graph, String name, long rows, long columns) {
    graph.message(
        5,
        tensor ->
            tensor
                .integer(1, rows)
                .integer(1, columns)
                .integer(2, 1)
                .string(8, name)
                .bytes(9, new byte[(int) (4 * rows * columns)]));
  }

  @Test
  void aProductOfSmallTensorsThatIsHugeIsRefused() {
    assertEquals(
        "a graph must compute at most [600000000] values for a text, this one may compute"
            + " [1000000001136]",
        reason(
            m ->
                m.moreGraph =
                    graph -> {
                      zeros(graph, "column", 1_000_000, 1);
                      zeros(graph, "line", 1, 1_000_000);
                      node(graph, "MatMul", "square", "column", "line");
                    }));
    assertEquals(
        "a graph must compute at most [1000000000] multiply-adds for a text, this one may compute"
            + " [1000100001060]",
        reason(
            m ->
                m.moreGraph =
                    graph -> {
                      zeros(graph, "column", 10_000, 1);
                      zeros(graph, "line", 1, 10_000);
                      node(graph, "MatMul", "square", "column", "line");
                      node(graph, "MatMul", "cube", "square", "square");
                    }));
  }

  @Test
  void productsOfProductsAreRefused() {
    String reason =
        reason(
            m ->
                m.moreGraph =
                    graph -> {
                      zeros(graph, "square0", 900, 900);
                      for (int i = 0; i < 8; i++) {
                        node(graph, "MatMul", "square" + (i + 1), "square" + i, "square" + i);
                      }
                    });
    assertTrue(
        reason.contains("multiply-adds for a text, this one may compute [1458001060]"), reason);
  }

  @Test
  void growthByGatheringIsRefused() {
    String reason =
        reason(
            m ->
                m.moreGraph =
                    graph -> {
                      String ids = "term_ids";
                      for (int i = 0; i < 6; i++) { // each time 50 times as many
                        node(graph, "Gather", "gathered" + i, "term_weights", ids);
                        node(graph, "Cast", "ids" + i, "gathered" + i);
                        ids = "ids" + i;
                      }
                    });
    assertTrue(reason.contains("values for a text, this one may compute ["), reason);
  }

  @Test
  void lengthsOfListsAreLimited() {
    assertEquals(
        "a tensor must have at most [8] dimensions",
        reason(m -> m.moreTermWeights = t -> t.bytes(1, new byte[1_000_000])));
    assertEquals(
        "an operator must have at most [8] inputs or outputs",
        reason(
            m ->
                m.moreNode =
                    node -> {
                      for (int i = 0; i < 10; i++) {
                        node.string(1, "");
                      }
                    }));
    assertEquals(
        "a name must have at most [1024] bytes, got [100000]",
        reason(m -> m.moreNode = node -> node.string(4, "x".repeat(100_000))));
    assertEquals(
        "a model must have at most [10000] metadata properties",
        reason(
            m -> {
              for (int i = 0; i < 10_001; i++) {
                m.metadata.put("x" + i, "");
              }
            }));
    assertEquals(
        "metadata [analyzer.stop_words] must hold at most [10000] values, got [20001]",
        reason(m -> m.metadata.put("semantic_hash.analyzer.stop_words", "a ".repeat(20_000))));
    assertEquals(
        "metadata [vocabulary.idf] must hold at most [50] values, got [1000001]",
        reason(m -> m.metadata.put("semantic_hash.vocabulary.idf", "1 ".repeat(1_000_000))));
    assertEquals(
        "tensor [term_weights] must have a row for each of the [1000001] terms, got shape [50, 20]",
        reason(m -> m.metadata.put("semantic_hash.vocabulary.terms", "\n".repeat(1_000_000))));
  }

  @Test
  void aReasonIsShortHoweverLongTheTextThatItQuotes() {
    String reason = reason(m -> m.metadata.put("semantic_hash.bits", "9".repeat(1_000_000)));
    assertTrue(reason.length() < 3000, reason);
    assertTrue(reason.startsWith("metadata [bits] must hold whole numbers, got [999"), reason);
  }

  @Test
  void valuesAreSetOnceAndBeforeTheirUse() {
    assertEquals(
        "operator [Relu] must use what stands before it in the file, not [nowhere]",
        reason(m -> m.moreGraph = graph -> node(graph, "Relu", "unused", "nowhere")));
    assertEquals(
        "value [rows] is set twice in the graph",
        reason(m -> m.moreGraph = graph -> node(graph, "Relu", "rows", "rows")));
    assertEquals(
        "the axes of operator [Squeeze] must be an initializer of int64",
        reason(m -> m.moreGraph = graph -> node(graph, "Squeeze", "unused", "rows")));
  }

  @Test
  void shapesAreThoseOfOnnx() {
    GraphCost.Shape matrix = GraphCost.Shape.of(2L, 3L);
    assertEquals(GraphCost.Shape.of(2L, 5L, 7L), matrix.gather(-1, GraphCost.Shape.of(5L, 7L)));
    assertEquals(GraphCost.Shape.of(1L, 2L, 3L, 1L), matrix.unsqueeze(new long[] {0, -1}));
    assertEquals(GraphCost.Shape.of(3L), matrix.reduce(new long[] {-2}, false));
    assertEquals(GraphCost.Shape.of(2L, 1L), matrix.reduce(new long[] {1}, true));
    assertEquals(GraphCost.Shape.of(4L, 2L, 3L), matrix.broadcast(GraphCost.Shape.of(4L, 1L, 3L)));
    assertEquals(Long.MAX_VALUE, GraphCost.Shape.of(1L << 40, 1L << 40).elements());
    assertEquals(0, GraphCost.Shape.of(1L << 40, 0L, 1L << 40).elements());
  }
}
