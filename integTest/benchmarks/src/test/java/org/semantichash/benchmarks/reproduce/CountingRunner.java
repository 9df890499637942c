// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.benchmarks.reproduce.MethodRunner.Outcome;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.encoder.Encoder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.features.Features;

/** Trains nothing and remembers what it was asked for. */
final class CountingRunner implements MethodRunner {

  /** What the method's code is taken to be. */
  String code = "first";

  final List<String> runs = Collections.synchronizedList(new ArrayList<>());

  @Override
  public Outcome run(RowKey key, Map<String, String> options, Features features) {
    if (key.method().equals("broken")) {
      throw new IllegalArgumentException("[method] must be known, got [broken]");
    }
    runs.add(key.method() + "/" + key.bits() + "/" + key.seed());
    return new Outcome(new TermParity(key.bits(), key.seed()), new Course(0.5, 0.1, 3, 2));
  }

  @Override
  public String digest(RowKey key) {
    return key.method().equals("broken") ? "none" : code + "/" + key.preset();
  }

  /** A bit of a code is 1 where an odd number of the text's terms falls on it. */
  private record TermParity(int bits, long seed) implements Encoder {

    @Override
    public String name() {
      return "term parity";
    }

    @Override
    public BinaryCode encode(SparseVector vector) {
      byte[] code = new byte[BinaryCode.byteLength(bits)];
      for (int i = 0; i < vector.size(); i++) {
        int bit = (int) ((vector.id(i) + seed) % bits);
        code[bit >> 3] ^= (byte) (0x80 >>> (bit & 7));
      }
      return BinaryCode.of(code, bits);
    }

    @Override
    public List<BinaryCode> encode(List<SparseVector> vectors) {
      return vectors.stream().map(this::encode).toList();
    }

    @Override
    public void close() {}
  }
}
