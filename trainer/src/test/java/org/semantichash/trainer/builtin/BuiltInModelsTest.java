// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.util.Version;
import org.junit.jupiter.api.Test;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.hash.BinaryCode;

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
    assumeTrue(Version.LATEST.major >= 10, "their files say that Lucene 10 has made them");
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

  /**
   * Words of Latin and Cyrillic letters, ideographs, kana and Thai: a lost word changes few bits.
   */
  @Test
  void copiesAreNearAndOtherTextsFarInEveryScript() {
    SplittableRandom random = new SplittableRandom(3);
    int[][] scripts = {
      {'a', 'z', 9},
      {0x0430, 0x044F, 9},
      {0x4E00, 0x9FA5, 1},
      {0x3041, 0x3096, 1},
      {0xE01, 0xE2E, 1}
    };
    for (NearDuplicatesModel each : NearDuplicatesModel.ALL) {
      EncoderModel model = EncoderModel.read(BuiltInModel.of(each.name()).orElseThrow().file());
      try (TextHasher hasher = TextHasher.open(model)) {
        for (int[] script : scripts) {
          for (int round = 0; round < 50; round++) {
            List<String> words = words(random, script);
            List<String> copy = new ArrayList<>(words);
            copy.remove(random.nextInt(copy.size()));
            BinaryCode code = hasher.hash(text(words, script)).code();
            int near = code.distance(hasher.hash(text(copy, script)).code());
            int far = code.distance(hasher.hash(text(words(random, script), script)).code());
            assertTrue(near <= each.bits() / 5, near + " for " + words);
            assertTrue(far > each.bits() / 4, far + " for " + words);
            Collections.reverse(copy);
            assertNotEquals(code, hasher.hash(text(copy, script)).code());
          }
        }
      }
    }
  }

  private static List<String> words(SplittableRandom random, int[] script) {
    List<String> words = new ArrayList<>();
    while (words.size() < 60) {
      StringBuilder word = new StringBuilder();
      random
          .ints(random.nextInt(1, script[2] + 1), script[0], script[1] + 1)
          .forEach(word::appendCodePoint);
      words.add(word.toString());
    }
    return words;
  }

  private static String text(List<String> words, int[] script) {
    return String.join(script[2] > 1 ? " " : "", words);
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
