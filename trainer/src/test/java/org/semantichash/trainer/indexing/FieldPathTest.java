// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldPathTest {

  private static final FieldPath PATH = new FieldPath("a.b");

  private static ObjectNode json(String text) {
    try {
      JsonNode node = new ObjectMapper().readTree(text);
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void findsTextsHoweverTheyAreNested() {
    assertEquals(List.of("x"), PATH.texts(json("{'a':{'b':'x'}}".replace('\'', '"'))));
    assertEquals(List.of("x"), PATH.texts(json("{'a.b':'x'}".replace('\'', '"'))));
    assertEquals(
        List.of("x", "y", "z"),
        PATH.texts(json("{'a':[{'b':['x','y']},{'b':'z'},{'c':'n'}]}".replace('\'', '"'))));
    for (String none : List.of("{}", "{'a':'x'}", "{'a':{'b':7}}", "{'a':{'b':null}}")) {
      assertEquals(List.of(), PATH.texts(json(none.replace('\'', '"'))), none);
    }
  }

  @Test
  void setsAndRemovesOnlyItself() {
    for (String with : List.of("{'a':{'b':'x','c':1}}", "{'a.b':'x','a':{'c':1}}")) {
      ObjectNode document = json(with.replace('\'', '"'));
      PATH.set(document, "y");
      assertEquals(List.of("y"), PATH.texts(document));
      PATH.remove(document);
      assertEquals(json("{\"a\":{\"c\":1}}"), document);
    }
    assertEquals(json("{\"a\":{\"b\":\"z\"}}"), PATH.document("z"));
  }

  @Test
  void doesNotFitWhereAListWouldBeReplaced() {
    assertTrue(PATH.fits(json("{}")));
    assertTrue(PATH.fits(json("{\"a\":{\"c\":1}}")));
    assertFalse(PATH.fits(json("{\"a\":[{\"c\":1}]}")));
    assertFalse(PATH.fits(json("{\"a\":\"x\"}")));
  }

  @Test
  void refusesEmptyParts() {
    for (String wrong : List.of("", ".", "a.", "a..b")) {
      assertThrows(IllegalArgumentException.class, () -> new FieldPath(wrong), wrong);
    }
  }
}
