// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.semantichash.encoder.EncoderModel;

/** Changes to an exported graph of two layers after which it is a valid one of another form. */
enum OtherGraph {
  /** Says what holds without it. */
  GATHER_AXIS {
    @Override
    void change(OnnxMl.GraphProto.Builder graph) {
      node(graph, "Gather").addAttribute(number("axis", 0));
    }
  },

  /** Divides once more, by 1. */
  TWO_DIVISIONS {
    @Override
    void change(OnnxMl.GraphProto.Builder graph) {
      node(graph, "Min").setInput(0, "divided");
      int min = index(graph, "Min");
      graph.addInitializer(Tensors.ints("one", new int[] {1}, 1));
      graph.addNode(
          min,
          OnnxMl.NodeProto.newBuilder()
              .setOpType("Div")
              .addInput("dense_0_shifted")
              .addInput("one")
              .addOutput("divided"));
    }
  },

  /** Adds the bias from the left. */
  SWAPPED_SUM {
    @Override
    void change(OnnxMl.GraphProto.Builder graph) {
      OnnxMl.NodeProto.Builder add = node(graph, "Add");
      String first = add.getInput(0);
      add.setInput(0, add.getInput(1)).setInput(1, first);
    }
  },

  /** An operator more, after which nothing is different. */
  IDENTITY_TWICE {
    @Override
    void change(OnnxMl.GraphProto.Builder graph) {
      node(graph, "Greater").setInput(0, "again");
      int greater = index(graph, "Greater");
      graph.addNode(
          greater,
          OnnxMl.NodeProto.newBuilder()
              .setOpType("Identity")
              .addInput(graph.getNode(greater - 1).getOutput(0))
              .addOutput("again"));
    }
  },

  /** Other bytes for the same bits. */
  PACKING {
    @Override
    void change(OnnxMl.GraphProto.Builder graph) {
      for (OnnxMl.TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
        if (tensor.getName().equals("packing")) {
          byte[] swapped = new byte[12 * 2];
          for (int bit = 0; bit < 12; bit++) {
            swapped[bit * 2 + bit / 8] = (byte) (1 << (bit < 8 ? bit : 15 - bit));
          }
          tensor.setRawData(ByteString.copyFrom(swapped));
        }
      }
    }
  };

  abstract void change(OnnxMl.GraphProto.Builder graph);

  /** The changed file, with the digests of what it holds now. */
  byte[] of(EncoderModel exported) throws InvalidProtocolBufferException {
    return changed(exported, this::change);
  }

  /** A file of the exported form in which a bias of the first layer is another. */
  static byte[] withFirstBias(EncoderModel exported, int bias)
      throws InvalidProtocolBufferException {
    return changed(
        exported,
        graph -> {
          for (OnnxMl.TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            if (tensor.getName().equals("term_bias")) {
              byte[] values = tensor.getRawData().toByteArray();
              ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).putInt(0, bias);
              tensor.setRawData(ByteString.copyFrom(values));
            }
          }
        });
  }

  private static byte[] changed(EncoderModel exported, Consumer<OnnxMl.GraphProto.Builder> change)
      throws InvalidProtocolBufferException {
    OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(exported.file()).toBuilder();
    change.accept(model.getGraphBuilder());
    model.clearMetadataProps();
    exported
        .metadata()
        .toFileProperties(model.getGraph().toByteArray())
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private static OnnxMl.NodeProto.Builder node(OnnxMl.GraphProto.Builder graph, String operator) {
    return graph.getNodeBuilder(index(graph, operator));
  }

  /** Of the first operator of this name. */
  private static int index(OnnxMl.GraphProto.Builder graph, String operator) {
    int index = 0;
    while (graph.getNode(index).getOpType().equals(operator) == false) {
      index++;
    }
    return index;
  }

  private static OnnxMl.AttributeProto.Builder number(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value);
  }
}
