// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;

class OnnxEncoderTest {

  private final SplittableRandom random = new SplittableRandom(11);

  private SparseVector randomVector(int terms) {
    TreeSet<Integer> ids = new TreeSet<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      ids.add(random.nextInt(terms));
    }
    float[] weights = new float[ids.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(0.1, 1);
    }
    return SparseVector.of(ids.stream().mapToInt(Integer::intValue).toArray(), weights);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 8, 12, 63, 64, 65, 128, 512})
  void theGraphGivesTheBitsOfPlainLoops(int bits) {
    ProjectionModel model = new ProjectionModel(200, bits, bits);
    try (OnnxEncoder encoder = OnnxEncoder.open(model.read())) {
      List<SparseVector> vectors = new ArrayList<>(List.of(SparseVector.EMPTY));
      for (int i = 0; i < 50; i++) {
        vectors.add(randomVector(200));
      }
      List<BinaryCode> batch = encoder.encode(vectors);
      for (int i = 0; i < vectors.size(); i++) {
        assertEquals(model.expected(vectors.get(i)), batch.get(i));
        assertEquals(batch.get(i), encoder.encode(vectors.get(i)));
      }
    }
  }

  /** A file that the first trainer wrote: its codes are in indices and must stay what they are. */
  @Test
  void aFileOfFormat1KeepsItsCodes() throws IOException {
    EncoderModel model;
    try (InputStream file = OnnxEncoderTest.class.getResourceAsStream("format-1.onnx")) {
      model = EncoderModel.read(file.readAllBytes());
    }
    assertEquals(1, model.metadata().formatVersion());
    assertEquals(
        "202d46cde354b561049788ceeca44017a758a50ba33d6667a49d1769370fbbf0", model.digest());
    try (TextHasher hasher = TextHasher.open(model)) {
      assertEquals("onnxruntime", hasher.encoderName());
      long vocabulary = model.metadata().vectorizer().heapBytes();
      assertEquals(model.sizeInBytes() + vocabulary, hasher.bytes());
      hasher.verify(model.metadata().goldenTexts());
    }
  }

  @Test
  void activationsAreWhatIsComparedWithTheThresholds() {
    ProjectionModel model = new ProjectionModel(100, 16, 5);
    try (OnnxEncoder encoder = OnnxEncoder.open(model.read())) {
      SparseVector vector = randomVector(100);
      float[] activations = encoder.activations(vector);
      BinaryCode code = encoder.encode(vector);
      for (int bit = 0; bit < 16; bit++) {
        assertEquals(activations[bit] > model.thresholds[bit], code.get(bit));
      }
    }
  }

  @Test
  void aTermOutsideTheVocabularyIsRefused() {
    try (OnnxEncoder encoder = OnnxEncoder.open(new ProjectionModel(100, 16, 5).read())) {
      SparseVector vector = SparseVector.of(new int[] {100}, new float[] {1});
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> encoder.encode(vector));
      assertEquals(
          "a term id must be below [100], the size of the vocabulary, got [100]", e.getMessage());
    }
  }

  @Test
  void aGraphThatOnnxRuntimeRefusesIsAnInvalidModel() {
    ProjectionModel model = new ProjectionModel(100, 16, 5);
    model.moreGraph =
        graph ->
            graph.message(1, n -> n.string(1, "term_ids").string(2, "text").string(4, "Sigmoid"));
    EncoderModel read = model.read();
    InvalidModelException e =
        assertThrows(InvalidModelException.class, () -> OnnxEncoder.open(read));
    assertTrue(e.getMessage().startsWith("ONNX Runtime refuses the graph: "), e.getMessage());
  }

  @Test
  void textsGetTheSameCodesInManyThreads() throws Exception {
    ProjectionModel model = new ProjectionModel(100, 64, 6);
    try (TextHasher hasher = TextHasher.open(model.read());
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      hasher.verify(model.read().metadata().goldenTexts());
      String text = model.randomText(random, 20);
      HashedText expected = hasher.hash(text);
      assertEquals(model.expected(expected.vector()), expected.code());
      List<Callable<HashedText>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        calls.add(() -> hasher.hash(text));
      }
      for (Future<HashedText> future : threads.invokeAll(calls)) {
        assertEquals(expected, future.get());
      }
    }
  }

  @Test
  void aTextWithoutAKnownTermGetsTheEmptyCode() {
    EncoderModel model = new ProjectionModel(100, 64, 6).read();
    try (TextHasher hasher = TextHasher.open(model)) {
      for (String text : List.of("", "nothing known here", "\ud83d", "the of and")) {
        HashedText hashed = hasher.hash(text);
        assertEquals(model.metadata().emptyCode(), hashed.code());
        assertEquals(0, hashed.knownTerms());
      }
      assertEquals(2, hasher.hash("nothing known here").terms()); // "here" is a stop word
      assertEquals(
          List.of(hasher.hash("word1 word2"), hasher.hash("")),
          hasher.hash(List.of("word1 word2", "")));
    }
  }

  @Test
  void aWrongGoldenCodeIsNamed() {
    ProjectionModel model = new ProjectionModel(100, 8, 6);
    String right = model.metadata.get("semantic_hash.golden.3.code");
    String wrong = right.equals("00") ? "01" : "00";
    model.metadata.put("semantic_hash.golden.3.code", wrong);
    EncoderModel read = model.read();
    try (TextHasher hasher = TextHasher.open(read)) {
      InvalidModelException e =
          assertThrows(
              InvalidModelException.class, () -> hasher.verify(read.metadata().goldenTexts()));
      assertEquals(
          "golden text [3] must get code ["
              + wrong
              + "], got ["
              + right
              + "] for ["
              + read.metadata().goldenTexts().get(3).text()
              + "]",
          e.getMessage());
    }
  }
}
