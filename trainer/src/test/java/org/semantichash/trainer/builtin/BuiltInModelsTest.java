// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.OnnxEncoder;

/**
 * The models that come with the plugin. {@code mvn test -pl trainer -am -Dtest=BuiltInModelsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dbuiltin.write=true} makes those for near-duplicates
 * anew and lists the digests of all files.
 */
class BuiltInModelsTest {

  private static final Path FOLDER =
      Path.of("../src/main/resources/org/semantichash/encoder/builtin");

  private static final String DIGESTS = "digests.txt";
  private static final int MAX_BYTES = 2_000_000;
  private static final int TEXTS = 300;

  @Test
  void everyFileIsListedWithItsDigest() throws IOException {
    if (Boolean.getBoolean("builtin.write")) {
      write();
    }
    assertEquals(digests(), Files.readString(FOLDER.resolve(DIGESTS)));
  }

  private static void write() throws IOException {
    Files.createDirectories(FOLDER);
    for (NearDuplicatesModel model : NearDuplicatesModel.ALL) {
      Files.write(FOLDER.resolve(model.name() + ".onnx"), model.file());
    }
    Files.writeString(FOLDER.resolve(DIGESTS), digests());
  }

  private static String digests() throws IOException {
    StringBuilder lines = new StringBuilder();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : new TreeSet<>(files.toList())) {
        if (file.toString().endsWith(".onnx")) {
          lines.append(EncoderModel.read(file).digest()).append("  ").append(file.getFileName());
          lines.append('\n');
        }
      }
    }
    return lines.toString();
  }

  @Test
  void theModelsForNearDuplicatesAreMadeFromTheirSeed() {
    for (NearDuplicatesModel model : NearDuplicatesModel.ALL) {
      byte[] made = model.file();
      assertArrayEquals(BuiltInModel.of(model.name()).orElseThrow().file(), made, model.name());
      assertTrue(made.length <= MAX_BYTES, model.name());
    }
  }

  /** One pass and plain Java, the definition and ONNX Runtime give the same code of a text. */
  @Test
  void allWaysGiveTheSameCodes() {
    long seed = System.nanoTime();
    System.out.println("built-in models with seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (BuiltInModel builtIn : BuiltInModel.all()) {
      EncoderModel model = EncoderModel.read(builtIn.file());
      try (TextHasher hasher = TextHasher.open(model);
          Encoder reference = OnnxEncoder.open(model);
          TextAnalyzer analyzer = new TextAnalyzer(model.metadata().analyzer())) {
        hasher.verify(model.metadata().goldenTexts());
        for (String text : texts(random)) {
          HashedText hashed = hasher.hash(text);
          var defined = model.metadata().vectorizer().transform(analyzer.terms(text));
          assertEquals(defined, hashed.vector(), text);
          assertEquals(reference.encode(defined), hashed.code(), text);
        }
      }
    }
  }

  private static List<String> texts(SplittableRandom random) {
    List<String> texts = new ArrayList<>();
    while (texts.size() < TEXTS) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        int end =
            new int[] {0x80, 0x250, 0x1100, 0x3200, 0xD800, 0x10000, 0x30000}[random.nextInt(7)];
        text.appendCodePoint(random.nextInt(3) == 0 ? ' ' : random.nextInt(end));
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
