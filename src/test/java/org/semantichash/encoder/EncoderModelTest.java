// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EncoderModelTest {

  private static final ProjectionModel GOOD = new ProjectionModel(50, 20, 1);

  @Test
  void metadataComesBackAsItWasWritten() {
    EncoderModel model = GOOD.read();
    assertEquals(GOOD.metadata, model.metadata().toMap());
    assertEquals(20, model.metadata().bits());
    assertEquals(50, model.metadata().vectorizer().vocabulary().size());
    assertEquals("7", model.metadata().options().get("seed"));
    assertEquals(32, model.metadata().goldenTexts().size());
    assertArrayEquals(GOOD.thresholds, model.metadata().thresholds());
  }

  @Test
  void theDigestIsThatOfTheFile() {
    EncoderModel model = GOOD.read();
    assertEquals(64, model.digest().length());
    assertEquals(model.digest(), EncoderModel.read(model.file()).digest());
    assertEquals(GOOD.file().length, model.sizeInBytes());
    assertNotEquals(model.digest(), new ProjectionModel(50, 20, 2).read().digest());
  }

  @Test
  void unknownVersionsAreRefused() {
    assertRefused(
        "format version must be [1] or [2], those that this version reads, got [3]",
        m -> m.metadata.put("semantic_hash.format_version", "3"));
    assertRefused(
        "metadata [semantic_hash.graph.sha256] is missing",
        m -> m.metadata.put("semantic_hash.format_version", "2"));
    assertRefused("[IR version] must be between [1] and [8], got [99]", m -> m.irVersion = 99);
    assertRefused("[operator set] must be between [1] and [17], got [18]", m -> m.opset = 18);
  }

  @Test
  void dataOutsideTheFileIsRefused() {
    String message = "a model must be one self-contained file, this one refers to [external data]";
    assertRefused(message, m -> m.moreTermWeights = w -> w.integer(14, 1));
    assertRefused(
        message,
        m ->
            m.moreTermWeights =
                w -> w.message(13, e -> e.string(1, "location").string(2, "../../etc/passwd")));
  }

  @Test
  void foreignOperatorsAreRefused() {
    assertRefused(
        "operators must be of ONNX's standard domain, got [com.microsoft]",
        m -> m.nodeDomain = "com.microsoft");
    assertRefused(
        "operators must be of ONNX's standard domain, got [com.evil]",
        m -> m.opsetDomain = "com.evil");
    assertRefused(
        "an operator must be one of [Add, Cast, Div, Gather, Gemm, Greater, GreaterOrEqual,"
            + " Identity, MatMul, Min, Mul, ReduceSum, Relu, Sigmoid, Squeeze, Sub, Tanh, Unsqueeze],"
            + " got [Loop]",
        m -> m.moreGraph = graph -> graph.message(1, node -> node.string(4, "Loop")));
    assertRefused(
        "an attribute must be a number or numbers, got field [6]", // a graph within a node
        m -> m.moreNode = node -> node.message(5, a -> a.message(6, graph -> {})));
    assertRefused(
        "a graph must have at most [256] operators",
        m ->
            m.moreGraph =
                graph -> {
                  for (int i = 0; i < 300; i++) {
                    graph.message(1, node -> node.string(4, "Identity"));
                  }
                });
    assertRefused(
        "a model must not have [functions]",
        m -> m.moreModel = model -> model.message(25, function -> {}));
  }

  @Test
  void oversizedTensorsAreRefused() {
    assertRefused(
        "tensor [term_weights] must have at most [1073741824] bytes, got shape [2147483648, 20]",
        m -> m.termWeightDimensions = new long[] {1L << 31, 20});
    assertRefused(
        "tensor [term_weights] must have at most [1073741824] bytes, got shape [-1, 20]",
        m -> m.termWeightDimensions = new long[] {-1, 20});
    assertRefused(
        "tensor [term_weights] of shape [50, 21] must have [4200] bytes, got [4000]",
        m -> m.termWeightDimensions = new long[] {50, 21});
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertRefused(
        "tensor [term_weights] must have a row for each of the [50] terms, got shape [20, 50]",
        m -> m.termWeightDimensions = new long[] {20, 50});
    assertRefused(
        "tensor [term_weights] must hold finite numbers, got [NaN]",
        m -> m.weights[999] = Float.NaN);
    assertRefused(
        "a graph must have the outputs [code] of uint8 and [activations], got"
            + " [activations, hash]",
        m -> m.outputName = "hash");
    assertRefused(
        "metadata [semantic_hash.bits] stands twice in the file",
        m -> m.moreModel = w -> w.message(14, p -> p.string(1, "semantic_hash.bits")));
    assertRefused(
        "metadata [semantic_hash.vocabulary.terms] is missing",
        m -> m.metadata.remove("semantic_hash.vocabulary.terms"));
    assertRefused(
        "metadata [bits] must hold whole numbers, got [many]",
        m -> m.metadata.put("semantic_hash.bits", "many"));
    assertRefused(
        "[thresholds] must have [20] values, got [2]",
        m -> m.metadata.put("semantic_hash.thresholds", "0.5 0.5"));
    assertRefused(
        "a model must have at least [32] golden texts, got [1]",
        m -> m.metadata.put("semantic_hash.golden.count", "1"));
    assertRefused(
        "the model's metadata is not valid: [stemmer] is unknown: [klingon]",
        m -> m.metadata.put("semantic_hash.analyzer.stemmer", "klingon"));
  }

  @Test
  void otherFilesAreRefused() {
    assertEquals("the file is no ONNX model: it has no graph", reason(new byte[0]).getMessage());
    assertEquals(
        "the file is no ONNX model: unexpected field [15]",
        reason("{\"not\": \"a model\"}".getBytes(StandardCharsets.UTF_8)).getMessage());
    assertRefused(
        "the file is no semantic hash model: metadata [semantic_hash.format_version] is missing",
        m -> m.metadata.clear());
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] file = GOOD.file();
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(InvalidModelException.class, () -> EncoderModel.read(cut), "at " + length);
    }
  }

  @Test
  void mutatedFilesAreReadOrRefusedButNeverCrash() {
    byte[] file = GOOD.file();
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20_000; round++) {
      byte[] mutated = file.clone();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        EncoderModel.read(mutated);
      } catch (InvalidModelException expected) {
        assertTrue(expected.getMessage().isEmpty() == false);
      }
    }
  }

  @Test
  void everyDamagedBitOfTheGraphIsRefused() {
    byte[] file = GOOD.fileWithDigests();
    assertEquals(GOOD.metadata, EncoderModel.read(file).metadata().toMap());
    ByteBuffer weights = ByteBuffer.allocate(4 * GOOD.weights.length);
    weights.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(GOOD.weights);
    int at = text(file).indexOf(text(weights.array()));
    assertTrue(at > 0);
    for (int bit = 0; bit < 8 * weights.capacity(); bit++) {
      byte[] damaged = file.clone();
      damaged[at + bit / 8] ^= (byte) (1 << (bit % 8));
      String reason = reason(damaged).getMessage();
      assertTrue(
          reason.startsWith("the file is damaged: the SHA-256 of its graph must be [")
              || reason.contains("must hold finite numbers"),
          reason);
    }
  }

  @Test
  void damagedMetadataIsRefused() {
    byte[] file = GOOD.fileWithDigests();
    byte[] damaged =
        text(file)
            .replace("word17\nword18", "word17\nword98")
            .getBytes(StandardCharsets.ISO_8859_1);
    String reason = reason(damaged).getMessage();
    assertTrue(reason.startsWith("the file is damaged: the SHA-256 of its metadata"), reason);
  }

  /** A character a byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void assertRefused(String message, Consumer<ProjectionModel> change) {
    ProjectionModel model = new ProjectionModel(50, 20, 1);
    change.accept(model);
    assertEquals(message, reason(model.file()).getMessage());
  }

  private static InvalidModelException reason(byte[] file) {
    return assertThrows(InvalidModelException.class, () -> EncoderModel.read(file));
  }
}
