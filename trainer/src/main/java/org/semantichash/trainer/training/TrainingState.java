// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.TrainingListener.EpochResult;

/**
 * A training that has stopped, with all that it needs to go on as if it had not: what is random is
 * drawn by seed, epoch and step, so the documents and the options bring back the rest.
 *
 * <p>The file has a magic number and a version, the fields in the order of this record, and a
 * CRC-32 of all before. Numbers are big-endian, as {@link DataOutputStream} writes them.
 *
 * @param origin what must be the same when it goes on, by name
 * @param epochs of those that were run to their end
 * @param next the epoch in which it stopped
 * @param sinceBest epochs since the best
 * @param bestScore of the network that was kept
 * @param best the network that was kept; empty when no epoch was run to its end
 * @param steps of the optimizer
 * @param parameters of every parameter its value and both moments of Adam
 * @param memory what the objective remembers, see {@link TrainingLoop.Objective#memory}
 */
public record TrainingState(
    Map<String, String> origin,
    List<EpochResult> epochs,
    BrokenEpoch next,
    int sinceBest,
    double bestScore,
    Optional<HashNetwork> best,
    long steps,
    List<float[]> parameters,
    List<float[]> memory) {

  private static final long MAGIC = 0x73656d6861736854L; // "semhashT"
  private static final int VERSION = 1;
  private static final int CHUNK = 16_384;

  /**
   * The part of an epoch that was run.
   *
   * @param batches how many
   * @param lossSum of their losses
   */
  public record BrokenEpoch(int batches, double lossSum) {}

  /** The same with what must be the same when it goes on. */
  public TrainingState of(Map<String, String> other) {
    return new TrainingState(
        other, epochs, next, sinceBest, bestScore, best, steps, parameters, memory);
  }

  /** Writes the file, or leaves what was there. */
  public void write(Path file) throws IOException {
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      CheckedOutputStream checked =
          new CheckedOutputStream(
              new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16), new CRC32());
      try (DataOutputStream out = new DataOutputStream(checked)) {
        write(out);
        out.writeLong(checked.getChecksum().getValue());
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(origin.size());
    for (Map.Entry<String, String> entry : origin.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
    out.writeInt(epochs.size());
    for (EpochResult epoch : epochs) {
      out.writeDouble(epoch.meanLoss());
      out.writeDouble(epoch.validationScore());
      out.writeBoolean(epoch.best());
      out.writeDouble(epoch.trainingSeconds());
      out.writeDouble(epoch.seconds());
    }
    out.writeInt(next.batches());
    out.writeDouble(next.lossSum());
    out.writeInt(sinceBest);
    out.writeDouble(bestScore);
    out.writeBoolean(best.isPresent());
    if (best.isPresent()) {
      writeAll(out, best.get().arrays());
    }
    out.writeLong(steps);
    writeAll(out, parameters);
    writeAll(out, memory);
  }

  private static void writeAll(DataOutputStream out, List<float[]> arrays) throws IOException {
    out.writeInt(arrays.size());
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (float[] values : arrays) {
      out.writeInt(values.length);
      for (int from = 0; from < values.length; from += CHUNK) {
        int n = Math.min(CHUNK, values.length - from);
        chunk.clear().asFloatBuffer().put(values, from, n);
        out.write(chunk.array(), 0, n * Float.BYTES);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the file, when it is none of these or damaged
   */
  public static TrainingState read(Path file) throws IOException {
    try (DataInputStream in = open(file)) {
      requireWhole(file);
      if (in.readLong() != MAGIC || in.readInt() != VERSION) {
        throw damaged(file);
      }
      return read(in);
    } catch (EOFException e) {
      throw damaged(file);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** Looks at the checksum before any length is believed. */
  private static void requireWhole(Path file) throws IOException {
    long body = Files.size(file) - Long.BYTES;
    try (InputStream in = open(file);
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32())) {
      checked.skipNBytes(Math.max(0, body));
      if (body < 0 || checked.getChecksum().getValue() != new DataInputStream(in).readLong()) {
        throw damaged(file);
      }
    }
  }

  private static IllegalArgumentException damaged(Path file) {
    return new IllegalArgumentException(
        "file ["
            + file
            + "] must be the state of a training, as train leaves it, but is none or is"
            + " damaged; delete it and train from the beginning");
  }

  private static TrainingState read(DataInputStream in) throws IOException {
    Map<String, String> origin = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      origin.put(in.readUTF(), in.readUTF());
    }
    List<EpochResult> epochs = new ArrayList<>();
    for (int epoch = 1, last = in.readInt(); epoch <= last; epoch++) {
      epochs.add(
          new EpochResult(
              epoch,
              in.readDouble(),
              in.readDouble(),
              in.readBoolean(),
              in.readDouble(),
              in.readDouble()));
    }
    BrokenEpoch next = new BrokenEpoch(in.readInt(), in.readDouble());
    int sinceBest = in.readInt();
    double bestScore = in.readDouble();
    Optional<HashNetwork> best =
        in.readBoolean() ? Optional.of(HashNetwork.of(readAll(in))) : Optional.empty();
    return new TrainingState(
        origin, epochs, next, sinceBest, bestScore, best, in.readLong(), readAll(in), readAll(in));
  }

  private static List<float[]> readAll(DataInputStream in) throws IOException {
    List<float[]> arrays = new ArrayList<>();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int left = in.readInt(); left > 0; left--) {
      float[] values = new float[in.readInt()];
      for (int from = 0; from < values.length; from += CHUNK) {
        int n = Math.min(CHUNK, values.length - from);
        in.readFully(chunk.array(), 0, n * Float.BYTES);
        chunk.clear().asFloatBuffer().get(values, from, n);
      }
      arrays.add(values);
    }
    return arrays;
  }
}
