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
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderProofsTest {

  private final EncoderProofs proofs = new EncoderProofs();
  private final List<String> proven = new ArrayList<>();

  private boolean holds(String digest, boolean proof) {
    return proofs.holds(
        digest,
        () -> {
          proven.add(digest);
          return proof;
        });
  }

  @Test
  void provesEachModelOnce() {
    assertEquals(true, holds("a", true));
    assertEquals(false, holds("b", false));
    assertEquals(true, holds("a", false), "what was found out stays");
    assertEquals(false, holds("b", true), "also that a proof failed");
    assertEquals(List.of("a", "b"), proven);
  }

  @Test
  void remembersNothingOfAProofThatBroke() {
    assertThrows(
        IllegalStateException.class,
        () ->
            proofs.holds(
                "a",
                () -> {
                  throw new IllegalStateException();
                }));
    assertEquals(true, holds("a", true));
  }

  @Test
  void forgetsTheModelThatWasNotOpenedForLongest() {
    for (int i = 0; i < EncoderProofs.MOST; i++) {
      holds("model" + i, true);
    }
    holds("model0", true);
    holds("one more", true);
    proven.clear();
    holds("model0", true);
    assertEquals(List.of(), proven);
    holds("model1", true);
    assertEquals(List.of("model1"), proven);
  }
}
