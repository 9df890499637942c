// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A model file with one or a few things wrong, in ways that a storm or an attacker would choose.
 */
final class ModelMutations {

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    7,
    8,
    16,
    127,
    255,
    1L << 20,
    1L << 31,
    (1L << 32) + 1,
    1L << 62,
    -1,
    -2,
    Long.MIN_VALUE
  };

  private static final String[] STRINGS = {
    "",
    "../../etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "http://localhost/model",
    "location",
    "Loop",
    "If",
    "Constant",
    "Shape",
    "com.microsoft",
    "ai.onnx",
    "ai.onnx.ml",
    "term_weights",
    "term_ids",
    "weights",
    "activations",
    "code",
    "axis",
    "to",
    "\0",
    "%s%n",
    "1e999",
    "NaN",
    "-1",
    "semantic_hash.bits",
    "semantic_hash.golden.count",
    "4096",
    "2147483647",
    "\ud83d\ude00"
  };

  private static final float[] FLOATS = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    Float.MIN_VALUE,
    -0f
  };

  private final byte[] file;
  private final SplittableRandom random;

  ModelMutations(byte[] file, long seed) {
    this.file = file;
    this.random = new SplittableRandom(seed);
  }

  /** The next one. */
  byte[] next() {
    if (random.nextInt(3) == 0) {
      return changeBytes(file);
    }
    ProtoTree tree = ProtoTree.parse(file);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      changeField(tree);
    }
    return random.nextInt(8) == 0 ? changeBytes(tree.content()) : tree.content();
  }

  /** The file with one bit changed. */
  byte[] bitFlip() {
    byte[] mutant = file.clone();
    mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
    return mutant;
  }

  private byte[] changeBytes(byte[] from) {
    byte[] mutant = from.clone();
    if (mutant.length == 0) {
      return mutant;
    }
    int at = random.nextInt(mutant.length);
    int end = Math.min(mutant.length, at + 1 + random.nextInt(64));
    switch (random.nextInt(5)) {
      case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> Arrays.fill(mutant, at, end, (byte) random.nextInt(256));
      case 2 -> {
        for (int i = at; i < end; i++) {
          mutant[i] = (byte) random.nextInt(256);
        }
      }
      case 3 -> mutant = Arrays.copyOf(mutant, at);
      default -> Arrays.fill(mutant, at, Math.min(end, at + 10), (byte) 0xff); // a long number
    }
    return mutant;
  }

  private void changeField(ProtoTree tree) {
    List<ProtoTree> messages = tree.all().stream().filter(f -> f.children != null).toList();
    ProtoTree parent =
        messages.isEmpty() || random.nextInt(4) == 0
            ? tree
            : messages.get(random.nextInt(messages.size()));
    if (parent.children.isEmpty()) {
      return;
    }
    int at = random.nextInt(parent.children.size());
    ProtoTree field = parent.children.get(at);
    switch (random.nextInt(9)) {
      case 0 -> parent.children.remove(at);
      case 1 -> parent.children.add(field.copy());
      case 2 -> Collections.shuffle(parent.children, new Random(random.nextLong()));
      case 3 -> field.lie = NUMBERS[random.nextInt(NUMBERS.length)];
      case 4 -> field.number = random.nextInt(1, 30);
      case 5 -> field.wireType = random.nextInt(8);
      case 6 -> parent.children.add(other(random.nextInt(1, 30)));
      case 7 -> deepen(field);
      default -> changeValue(tree);
    }
  }

  private ProtoTree other(int number) {
    ProtoTree field = new ProtoTree();
    field.number = number;
    field.wireType = random.nextBoolean() ? 0 : 2;
    field.integer = NUMBERS[random.nextInt(NUMBERS.length)];
    field.bytes = string();
    return field;
  }

  private byte[] string() {
    return STRINGS[random.nextInt(STRINGS.length)].getBytes(StandardCharsets.UTF_8);
  }

  /** The message in itself, thousands of times. */
  private void deepen(ProtoTree field) {
    byte[] content = field.content();
    for (int i = random.nextInt(1, 3000); i > 0 && content.length < 16_000; i--) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ProtoTree.varint(out, ((long) field.number << 3) | 2);
      ProtoTree.varint(out, content.length);
      out.writeBytes(content);
      content = out.toByteArray();
    }
    field.children = null;
    field.wireType = 2;
    field.bytes = content;
  }

  private void changeValue(ProtoTree tree) {
    List<ProtoTree> leaves = tree.all().stream().filter(f -> f.children == null).toList();
    if (leaves.isEmpty()) {
      return;
    }
    ProtoTree field = leaves.get(random.nextInt(leaves.size()));
    if (field.wireType == 0) {
      field.integer =
          random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextLong();
    } else if (field.number == 9 && field.bytes.length >= Float.BYTES) { // raw_data
      field.bytes = field.bytes.clone();
      int at = random.nextInt(field.bytes.length / Float.BYTES);
      ByteBuffer.wrap(field.bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putFloat(at * Float.BYTES, FLOATS[random.nextInt(FLOATS.length)]);
    } else {
      field.bytes = random.nextInt(3) == 0 ? changeBytes(field.bytes) : string();
    }
  }
}
