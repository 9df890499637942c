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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfVectorizer;

/**
 * Encodes texts with ONNX Runtime and in plain Java, in turn, in one thread: arguments are a model
 * file and a file with a text a line, or the number of terms of made-up texts. Not run by the
 * build.
 */
final class EncoderTiming {

  private static final int TEXTS = 5000;
  private static final int ROUNDS = 8;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private EncoderTiming() {}

  public static void main(String[] arguments) throws IOException {
    EncoderModel model = EncoderModel.read(Path.of(arguments[0]));
    List<SparseVector> texts =
        arguments[1].matches("\\d+")
            ? madeUp(model.metadata().vectorizer(), Integer.parseInt(arguments[1]))
            : read(model, Path.of(arguments[1]));
    try (Encoder plain = Encoders.open(model);
        OnnxEncoder reference = OnnxEncoder.open(model)) {
      double terms = texts.stream().mapToInt(SparseVector::size).average().orElse(0);
      System.out.printf(
          Locale.ROOT,
          "%s: %d texts of %.1f terms, %d bits, %d bytes on the heap%n",
          plain.name(),
          texts.size(),
          terms,
          plain.bits(),
          plain.heapBytes());
      if (plain.encode(texts).equals(reference.encode(texts)) == false) {
        throw new IllegalStateException("the codes differ");
      }
      if (plain instanceof PlainEncoder encoder) {
        System.out.printf(
            Locale.ROOT, "handed over: %d of %d texts%n", encoder.handedOver(), texts.size());
      }
      compare(plain, reference, texts);
    }
  }

  private static void compare(Encoder plain, Encoder reference, List<SparseVector> texts) {
    double java = Double.MAX_VALUE;
    double onnx = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      java = Math.min(java, microseconds(plain, texts));
      onnx = Math.min(onnx, microseconds(reference, texts));
    }
    System.out.printf(
        Locale.ROOT,
        "CPU microseconds a text, best of %d rounds: %s %.2f, %s %.2f, ratio %.2f%n",
        ROUNDS,
        plain.name(),
        java,
        reference.name(),
        onnx,
        onnx / java);
  }

  private static double microseconds(Encoder encoder, List<SparseVector> texts) {
    long start = THREADS.getCurrentThreadCpuTime();
    texts.forEach(encoder::encode);
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / texts.size();
  }

  private static List<SparseVector> read(EncoderModel model, Path file) throws IOException {
    try (TextAnalyzer analyzer = new TextAnalyzer(model.metadata().analyzer())) {
      return Files.readAllLines(file).stream()
          .limit(TEXTS)
          .map(line -> model.metadata().vectorizer().transform(analyzer.terms(line)))
          .toList();
    }
  }

  /** Terms are drawn by their document frequency. */
  private static List<SparseVector> madeUp(TfIdfVectorizer vectorizer, int terms) {
    SplittableRandom random = new SplittableRandom(3);
    TreeMap<Long, Integer> byFrequency = new TreeMap<>();
    long sum = 0;
    for (int id = 0; id < vectorizer.vocabulary().size(); id++) {
      byFrequency.put(sum, id);
      sum += vectorizer.vocabulary().documentFrequency(id);
    }
    List<SparseVector> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      List<String> words = new ArrayList<>();
      for (int term = 0; term < terms; term++) {
        int id = byFrequency.floorEntry(random.nextLong(sum)).getValue();
        words.add(vectorizer.vocabulary().term(id));
      }
      texts.add(vectorizer.transform(words));
    }
    return texts;
  }
}
