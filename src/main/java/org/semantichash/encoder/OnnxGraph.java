// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a model file's graph declares, checked as it is read. */
final class OnnxGraph {

  private final Map<String, StoredTensor> tensors = new HashMap<>();
  private final Map<String, Integer> inputs = new HashMap<>();
  private final Map<String, Integer> outputs = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  static OnnxGraph read(ProtoReader proto) {
    OnnxGraph graph = new OnnxGraph();
    while (proto.next()) {
      switch (proto.field()) {
        case 1 -> graph.addNode(Node.read(proto.message()));
        case 5 -> graph.addTensor(StoredTensor.read(proto.message()));
        case 2, 10, 13 -> proto.skip(); // name, doc_string, value_info
        case 11 -> addValue(proto.message(), graph.inputs);
        case 12 -> addValue(proto.message(), graph.outputs);
        default ->
            throw new InvalidModelException(
                "a graph must hold nodes, initializers, inputs and outputs, got field ["
                    + proto.field()
                    + "]");
      }
    }
    graph.check();
    return graph;
  }

  /** The tensor with this name, or null. */
  StoredTensor tensor(String name) {
    return tensors.get(name);
  }

  /** All tensors, in any order. */
  Collection<StoredTensor> tensors() {
    return Collections.unmodifiableCollection(tensors.values());
  }

  /** The operators, in the order of the file. */
  List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  private void addTensor(StoredTensor tensor) {
    if (tensors.size() == ModelFormat.MAX_TENSORS) {
      throw new InvalidModelException(
          "a graph must have at most [" + ModelFormat.MAX_TENSORS + "] tensors");
    }
    if (tensors.put(tensor.name(), tensor) != null) {
      throw new InvalidModelException("tensor [" + tensor.name() + "] stands twice in the graph");
    }
  }

  private void addNode(Node node) {
    if (nodes.size() == ModelFormat.MAX_NODES) {
      throw new InvalidModelException(
          "a graph must have at most [" + ModelFormat.MAX_NODES + "] operators");
    }
    nodes.add(node);
  }

  private static void addValue(ProtoReader proto, Map<String, Integer> values) {
    String name = "";
    int type = 0;
    while (proto.next()) {
      switch (proto.field()) {
        case 1 -> name = proto.name();
        case 2 -> type = elementType(proto.message());
        default -> proto.skip();
      }
    }
    if (values.size() == ModelFormat.MAX_TENSORS) {
      throw new InvalidModelException(
          "a graph must have at most [" + ModelFormat.MAX_TENSORS + "] inputs or outputs");
    }
    if (values.put(name, type) != null) {
      throw new InvalidModelException("value [" + name + "] stands twice in the graph");
    }
  }

  private static int elementType(ProtoReader type) {
    int element = 0;
    while (type.next()) {
      if (type.field() != 1) { // tensor_type
        type.skip();
        continue;
      }
      ProtoReader tensor = type.message();
      while (tensor.next()) {
        if (tensor.field() == 1) {
          element = (int) tensor.integer();
        } else {
          tensor.skip();
        }
      }
    }
    return element;
  }

  private void check() {
    Set<String> declared = new HashSet<>(inputs.keySet());
    declared.removeAll(tensors.keySet()); // old files repeat initializers as inputs
    require(
        declared.equals(Set.of(ModelFormat.TERM_IDS, ModelFormat.WEIGHTS))
            && inputs.get(ModelFormat.TERM_IDS) == StoredTensor.INT64,
        "a graph must have the inputs [term_ids] of int64 and [weights], got "
            + new TreeSet<>(declared));
    require(
        outputs.keySet().equals(Set.of(ModelFormat.CODE, ModelFormat.ACTIVATIONS))
            && outputs.get(ModelFormat.CODE) == StoredTensor.UINT8,
        "a graph must have the outputs [code] of uint8 and [activations], got "
            + new TreeSet<>(outputs.keySet()));
    require(
        tensors.containsKey(ModelFormat.TERM_WEIGHTS),
        "a graph must have the initializer [" + ModelFormat.TERM_WEIGHTS + "]");
  }

  /**
   * Refuses a graph that computes with other numbers than its format says.
   *
   * @param type of the weights that it takes and of the activations that it gives
   */
  void requireNumbers(int type, String name) {
    require(
        inputs.get(ModelFormat.WEIGHTS) == type && outputs.get(ModelFormat.ACTIVATIONS) == type,
        "a graph of this format must take [weights] and give [activations] of " + name);
  }

  private static void require(boolean condition, String message) {
    if (condition == false) {
      throw new InvalidModelException(message);
    }
  }

  /**
   * One operator of a graph, checked as it is read.
   *
   * @param operator its name in ONNX
   * @param inputs names of what it takes
   * @param outputs names of what it gives
   * @param attributes by name; only whole numbers are kept, others are empty
   */
  record Node(
      String operator,
      List<String> inputs,
      List<String> outputs,
      Map<String, Optional<Long>> attributes) {

    /** More inputs, outputs or attributes than any of the operators has. */
    private static final int MAX_PARTS = 8;

    static Node read(ProtoReader proto) {
      String operator = "";
      List<String> inputs = new ArrayList<>();
      List<String> outputs = new ArrayList<>();
      Map<String, Optional<Long>> attributes = new HashMap<>();
      while (proto.next()) {
        switch (proto.field()) {
          case 1 -> addName(inputs, proto.name());
          case 2 -> addName(outputs, proto.name());
          case 3, 6 -> proto.skip(); // name, doc_string
          case 4 -> operator = checkOperator(proto.name());
          case 5 -> readAttribute(proto.message(), attributes);
          case 7 -> checkDomain(proto.name());
          default ->
              throw new InvalidModelException(
                  "an operator must not have field [" + proto.field() + "]");
        }
      }
      return new Node(operator, inputs, outputs, attributes);
    }

    private static void addName(List<String> names, String name) {
      if (names.size() == MAX_PARTS) {
        throw tooMany("inputs or outputs");
      }
      names.add(name);
    }

    private static InvalidModelException tooMany(String what) {
      return new InvalidModelException("an operator must have at most [" + MAX_PARTS + "] " + what);
    }

    private static String checkOperator(String operator) {
      if (ModelFormat.OPERATORS.contains(operator) == false) {
        throw new InvalidModelException(
            "an operator must be one of "
                + ModelFormat.OPERATORS.stream().sorted().toList()
                + ", got ["
                + operator
                + "]");
      }
      return operator;
    }

    static void checkDomain(String domain) {
      if (domain.isEmpty() == false && domain.equals("ai.onnx") == false) {
        throw new InvalidModelException(
            "operators must be of ONNX's standard domain, got [" + domain + "]");
      }
    }

    private static void readAttribute(ProtoReader proto, Map<String, Optional<Long>> attributes) {
      String name = "";
      Optional<Long> value = Optional.empty();
      while (proto.next()) {
        switch (proto.field()) {
          case 1 -> name = proto.name();
          case 3 -> value = Optional.of(proto.integer());
          case 2, 7, 8, 13, 20 -> proto.skip(); // a real number, numbers, doc_string, type
          default ->
              throw new InvalidModelException(
                  "an attribute must be a number or numbers, got field [" + proto.field() + "]");
        }
      }
      if (attributes.size() == MAX_PARTS) {
        throw tooMany("attributes");
      }
      if (attributes.put(name, value) != null) {
        throw new InvalidModelException("attribute [" + name + "] stands twice in an operator");
      }
    }
  }
}
