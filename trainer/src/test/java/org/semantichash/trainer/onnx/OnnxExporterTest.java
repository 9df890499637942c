// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.onnx.OnnxExporter.ExportCheck;
import org.semantichash.trainer.onnx.OnnxExporter.GraphWriter;

class OnnxExporterTest {

  private static final int TERMS = RandomNetworks.TERMS;

  @TempDir private Path folder;

  private static IntegerNetwork network(int bits, int layers) {
    return RandomNetworks.integers(new SplittableRandom(bits), layers, bits);
  }

  private static List<SparseVector> documents(int n) {
    return RandomNetworks.texts(new SplittableRandom(1), n);
  }

  private static List<ModelMetadata.GoldenText> golden(IntegerNetwork network) {
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      return new GoldenTexts(network, RandomNetworks.vectorizer(TERMS), analyzer, 5).create();
    }
  }

  private static OnnxExporter exporter(
      IntegerNetwork network, List<ModelMetadata.GoldenText> golden) {
    return new OnnxExporter(network, RandomNetworks.metadata(network, golden));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 64, 129})
  void onnxRuntimeComputesTheBitsOfTheNetwork(int bits) throws IOException {
    for (int layers = 0; layers <= 2; layers++) {
      IntegerNetwork network = network(bits, layers);
      Path file = folder.resolve(bits + "-" + layers + ".onnx");
      List<SparseVector> documents = documents(200);
      int compared = exporter(network, golden(network)).write(file, documents);
      assertEquals(200 + GoldenTexts.COUNT + 1 + 200, compared);
      try (OnnxEncoder encoder = OnnxEncoder.open(EncoderModel.read(file))) {
        assertEquals(network.encode(documents), encoder.encode(documents));
      }
    }
  }

  @Test
  void aFileThatComputesOtherBitsIsNotWritten() throws IOException {
    IntegerNetwork network = network(16, 1);
    List<IntegerNetwork.Layer> layers = new ArrayList<>(network.layers());
    IntegerNetwork.Layer last = layers.removeLast();
    int[] moved = last.bias();
    moved = moved.clone();
    moved[5] += network.encode(SparseVector.EMPTY).get(5) ? 20_000 : -20_000;
    layers.add(new IntegerNetwork.Layer(last.weights(), last.offset(), last.inputs(), moved, 0));
    IntegerNetwork other = new IntegerNetwork(layers, network.scale(), TfIdfOptions.Norm.NONE);
    // Golden texts on which both agree, so that only the documents tell the difference.
    List<ModelMetadata.GoldenText> golden =
        Collections.nCopies(
            40, new ModelMetadata.GoldenText("", network.encode(SparseVector.EMPTY)));
    assertEquals(network.encode(SparseVector.EMPTY), other.encode(SparseVector.EMPTY));
    EncoderModel model = EncoderModel.read(exporter(network, golden).toBytes());
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> new ExportCheck(other, model).run(documents(50)));
    assertTrue(
        e.getMessage().matches("random document \\[\\d+] must have the same code in .*"),
        e.getMessage());
    Path target = folder.resolve("model.onnx");
    Files.writeString(target, "before");
    List<ModelMetadata.GoldenText> wrong = new ArrayList<>(golden(network));
    wrong.set(9, new ModelMetadata.GoldenText(wrong.get(9).text(), other(wrong.get(9))));
    String refused =
        assertThrows(
                IllegalArgumentException.class,
                () -> exporter(network, wrong).write(target, documents(5)))
            .getMessage();
    assertTrue(refused.startsWith("golden text [9] must get code ["), refused);
    assertEquals("before", Files.readString(target));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(target), files.toList());
    }
  }

  private static BinaryCode other(ModelMetadata.GoldenText golden) {
    byte[] bytes = golden.code().toBytes();
    bytes[0] ^= (byte) 0x80;
    return BinaryCode.of(bytes, golden.code().bits());
  }

  @Test
  void equalNetworksGiveEqualFiles() {
    IntegerNetwork network = network(32, 2);
    List<ModelMetadata.GoldenText> golden = golden(network);
    assertArrayEquals(exporter(network, golden).toBytes(), exporter(network, golden).toBytes());
  }

  /** The bytes that graphs have had since format 2 was made, by another writer than today's. */
  @ParameterizedTest
  @CsvSource({
    "0, bf5bef13e1d6b235cc1e05ff0e0a9c612a174383e058753e01cb623025a11198",
    "1, 197df22f60793d3285bacef6580e19ba69b76b1b60d971ab13e37f7195284be8",
    "2, 69b82cb71eb456b9a3a2abff072e9e40f577ebad9dc64e272422caeed8055023"
  })
  void theBytesOfAGraphStayTheSame(int layers, String sha256) throws NoSuchAlgorithmException {
    IntegerNetwork network = RandomNetworks.integers(new SplittableRandom(layers), layers, 33);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(GraphWriter.write(network).graph());
    assertEquals(sha256, HexFormat.of().formatHex(digest));
  }

  /** The bar for 10,000 terms, 500 hidden units and 64 bits: 5.6 MB. */
  @Test
  void aWeightIsAByte() {
    IntegerNetwork network = network(64, 1);
    long weights = RandomNetworks.WIDTH * (TERMS + 64L);
    long bytes = exporter(network, golden(network)).toBytes().length;
    long other = 20L * TERMS + 20_000; // a term and its idf; golden texts
    assertTrue(bytes > weights && bytes < weights + other, () -> "bytes " + bytes);
  }

  @Test
  void aDamagedFileIsRefusedOrMeansTheSame() {
    IntegerNetwork network = network(32, 2);
    ModelMetadata metadata = RandomNetworks.metadata(network, golden(network));
    byte[] file = new OnnxExporter(network, metadata).toBytes();
    List<SparseVector> documents = documents(20);
    long seed = System.nanoTime();
    System.out.println("damaged files with seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int flip = 0; flip < 1000; flip++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      try (OnnxEncoder encoder = OnnxEncoder.open(EncoderModel.read(damaged))) {
        assertEquals(metadata.toMap(), EncoderModel.read(damaged).metadata().toMap());
        assertEquals(network.encode(documents), encoder.encode(documents), "flip " + flip);
      } catch (InvalidModelException e) {
        refused++;
      }
    }
    assertTrue(refused > 900, "refused [" + refused + "] of 1000");
  }
}
