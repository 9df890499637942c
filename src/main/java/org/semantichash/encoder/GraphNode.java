// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operator of a graph, checked as it is read.
 *
 * @param operator its name in ONNX
 * @param inputs names of what it takes
 * @param outputs names of what it gives
 * @param attributes by name; only whole numbers are kept, others are empty
 */
record GraphNode(
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Optional<Long>> attributes) {

  /** More inputs, outputs or attributes than any of the operators has. */
  private static final int MAX_PARTS = 8;

  static GraphNode read(ProtoReader proto) {
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
    return new GraphNode(operator, inputs, outputs, attributes);
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
