// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.methods.HashingMethod.Preset;
import org.semantichash.trainer.methods.HashingMethod.PublishedSettings;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

class PresetTest {

  private static final List<String> WITHOUT_PAPER = List.of("auto");

  @Test
  void presetsHaveNames() {
    assertEquals(Preset.PUBLISHED, Preset.named("published"));
    assertEquals(Preset.TUNED, Preset.named("tuned"));
    assertEquals(
        "[preset] must be one of [tuned, published], got [Tuned]",
        assertThrows(IllegalArgumentException.class, () -> Preset.named("Tuned")).getMessage());
  }

  /** Names and values are ones that the method and the training take, and they arrive. */
  @Test
  void everyPublishedSettingIsTheMethods() {
    for (String name : HashingMethod.names()) {
      if (WITHOUT_PAPER.contains(name) == false) {
        HashingMethod method = HashingMethod.named(name, Preset.PUBLISHED, Map.of());
        PublishedSettings settings = method.published().orElseThrow();
        assertTrue(settings.source().length() > 10, name);
        Map<String, String> options = new HashMap<>(method.toProperties());
        options.keySet().retainAll(settings.options().keySet());
        assertEquals(settings.options(), options, name);
        TrainingOptions training = TrainingOptions.DEFAULTS.with(method.trainingDefaults());
        for (Map.Entry<String, String> option : settings.training().entrySet()) {
          assertEquals(
              Double.parseDouble(option.getValue()),
              Double.parseDouble(training.toProperties().get(option.getKey())),
              name + " " + option.getKey());
        }
      }
    }
  }

  @Test
  void whatIsGivenWins() {
    HashingMethod method =
        HashingMethod.named("wish", Preset.PUBLISHED, Map.of("target", "tf_idf"));
    assertEquals(Preset.PUBLISHED, method.preset());
    assertEquals("tf_idf", method.toProperties().get("target"));
    assertEquals("200000", method.toProperties().get("kl_warmup"));
    assertEquals("1000", method.trainingDefaults().get("hidden_units"));
    HashingMethod tuned = HashingMethod.named("wish", Preset.TUNED, Map.of());
    assertEquals("1000", tuned.toProperties().get("kl_warmup"));
    assertEquals(Map.of(), tuned.trainingDefaults());
  }

  @Test
  void whatNoPaperHasCannotBePublished() {
    for (String name : WITHOUT_PAPER) {
      assertEquals(
          "[preset] of ["
              + name
              + "] must be [tuned], since no paper has this method, got [published]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> HashingMethod.named(name, Preset.PUBLISHED, Map.of()))
              .getMessage());
    }
  }

  /** All of them, in few epochs of a few documents. */
  @Test
  void publishedSettingsTrain() {
    Dataset documents = TopicDocuments.of(400, 5, 3);
    Map<String, String> quick =
        Map.of("epochs", "1", "batch_size", "50", "hidden_units", "16", "bits", "16");
    List<String> trained = new ArrayList<>();
    for (String name : HashingMethod.names()) {
      if (WITHOUT_PAPER.contains(name) == false) {
        HashingMethod method = HashingMethod.named(name, Preset.PUBLISHED, Map.of());
        TrainingOptions options =
            TrainingOptions.DEFAULTS.with(method.trainingDefaults()).with(quick);
        HashNetwork network =
            method.learn(
                documents,
                options,
                new TrainingLoop(options, any -> 0, TrainingListener.NONE, () -> false));
        assertEquals(16, network.bits(), name);
        trained.add(name);
      }
    }
    assertEquals(HashingMethod.names().size() - WITHOUT_PAPER.size(), trained.size());
  }
}
