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
