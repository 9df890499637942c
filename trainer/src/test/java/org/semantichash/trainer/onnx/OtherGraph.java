// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.OnnxWriter;
import org.semantichash.encoder.OnnxWriter.ElementType;
import org.semantichash.encoder.OnnxWriter.Node;
import org.semantichash.encoder.OnnxWriter.Tensor;
import org.semantichash.trainer.onnx.OnnxExporter.GraphWriter;

/** Changes to an exported graph of two layers after which it is a valid one of another form. */
enum OtherGraph {
  /** Says what holds without it. */
  GATHER_AXIS {
    @Override
    void change(OnnxWriter graph) {
      Node gather = node(graph, "Gather");
      replace(graph, new Node("Gather", gather.inputs(), gather.output(), Map.of("axis", 0L)));
    }
  },

  /** Divides once more, by 1. */
  TWO_DIVISIONS {
    @Override
    void change(OnnxWriter graph) {
      Node min = node(graph, "Min");
      graph.tensors().add(Tensor.ints("one", new int[] {1}, 1));
      insert(graph, "Min", Node.of("Div", "divided", min.inputs().getFirst(), "one"));
      replace(graph, Node.of("Min", min.output(), "divided", min.inputs().getLast()));
    }
  },

  /** Adds the bias from the left. */
  SWAPPED_SUM {
    @Override
    void change(OnnxWriter graph) {
      Node add = node(graph, "Add");
      List<String> swapped = add.inputs().reversed();
      replace(graph, new Node("Add", swapped, add.output(), Map.of()));
    }
  },

  /** An operator more, after which nothing is different. */
  IDENTITY_TWICE {
    @Override
    void change(OnnxWriter graph) {
      Node greater = node(graph, "Greater");
      insert(graph, "Greater", Node.of("Identity", "again", greater.inputs().getFirst()));
      replace(graph, Node.of("Greater", greater.output(), "again", greater.inputs().getLast()));
    }
  },

  /** Other bytes for the same bits. */
  PACKING {
    @Override
    void change(OnnxWriter graph) {
      byte[] swapped = new byte[12 * 2];
      for (int bit = 0; bit < 12; bit++) {
        swapped[bit * 2 + bit / 8] = (byte) (1 << (bit < 8 ? bit : 15 - bit));
      }
      replace(graph, Tensor.bytes("packing", ElementType.UINT8, ByteBuffer.wrap(swapped), 12, 2));
    }
  };

  abstract void change(OnnxWriter graph);

  /** The changed file, with the digests of what it holds now. */
  byte[] of(IntegerNetwork network, EncoderModel exported) {
    return changed(network, exported, this::change);
  }

  /** A file of the exported form in which the first bias of the first layer is another. */
  static byte[] withFirstBias(IntegerNetwork network, EncoderModel exported, int bias) {
    int[] biases = network.layers().getFirst().bias().clone();
    biases[0] = bias;
    Tensor tensor = Tensor.ints("term_bias", biases, biases.length);
    return changed(network, exported, graph -> replace(graph, tensor));
  }

  private static byte[] changed(
      IntegerNetwork network, EncoderModel exported, Consumer<OnnxWriter> change) {
    OnnxWriter graph = GraphWriter.write(network);
    change.accept(graph);
    return OnnxExporter.toBytes(graph, exported.metadata());
  }

  /** The first operator of this name. */
  private static Node node(OnnxWriter graph, String operator) {
    return graph.nodes().stream()
        .filter(node -> node.operator().equals(operator))
        .findFirst()
        .orElseThrow();
  }

  private static void insert(OnnxWriter graph, String before, Node node) {
    graph.nodes().add(graph.nodes().indexOf(node(graph, before)), node);
  }

  /** Puts an operator in the place of the one with its output. */
  private static void replace(OnnxWriter graph, Node node) {
    graph.nodes().replaceAll(each -> each.output().equals(node.output()) ? node : each);
  }

  /** Puts an initializer in the place of the one with its name. */
  private static void replace(OnnxWriter graph, Tensor tensor) {
    graph.tensors().replaceAll(each -> each.name().equals(tensor.name()) ? tensor : each);
  }
}
