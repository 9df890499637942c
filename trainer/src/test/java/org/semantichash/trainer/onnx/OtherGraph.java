/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/** Changes to an exported graph of two layers after which it is a valid one of another form. */
enum OtherGraph {
  /** Says what holds without it. */
  GATHER_AXIS {
    @Override
    void change(OnnxMl.GraphProto.Builder graph) {
      node(graph, "Gather").addAttribute(number("axis", 0));
    }
  },

  /** Says what holds without it, by a real number. */
  GEMM_ALPHA {
    @Override
    void change(OnnxMl.GraphProto.Builder graph) {
      node(graph, "Gemm")
          .addAttribute(
              OnnxMl.AttributeProto.newBuilder()
                  .setName("alpha")
                  .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
                  .setF(1));
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
      int greater = graph.getNodeCount() - 4;
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
          float[] swapped = new float[12 * 2];
          for (int bit = 0; bit < 12; bit++) {
            swapped[bit * 2 + bit / 8] = 1 << (bit < 8 ? bit : 15 - bit);
          }
          tensor.setRawData(Tensors.floats("packing", swapped, 12, 2).getRawData());
        }
      }
    }
  };

  abstract void change(OnnxMl.GraphProto.Builder graph);

  byte[] of(byte[] file) throws InvalidProtocolBufferException {
    OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(file).toBuilder();
    change(model.getGraphBuilder());
    List<OnnxMl.StringStringEntryProto> properties = model.getMetadataPropsList();
    model.clearMetadataProps();
    properties.stream()
        .filter(property -> property.getKey().endsWith(".sha256") == false) // of the graph it was
        .forEach(model::addMetadataProps);
    return model.build().toByteArray();
  }

  private static OnnxMl.NodeProto.Builder node(OnnxMl.GraphProto.Builder graph, String operator) {
    return graph.getNodeBuilderList().stream()
        .filter(node -> node.getOpType().equals(operator))
        .findFirst()
        .orElseThrow();
  }

  private static OnnxMl.AttributeProto.Builder number(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value);
  }
}
