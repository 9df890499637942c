// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.OnnxWriter;

/** Writes a network and everything that belongs to it as one model file, after the check. */
public final class OnnxExporter {

  private final IntegerNetwork network;
  private final ModelMetadata metadata;

  /** An export of a network with its metadata. */
  public OnnxExporter(IntegerNetwork network, ModelMetadata metadata) {
    this.network = network;
    this.metadata = metadata;
  }

  /** The bytes of the file, unchecked. Equal networks and metadata give equal bytes. */
  public byte[] toBytes() {
    return toBytes(GraphWriter.write(network), metadata);
  }

  static byte[] toBytes(OnnxWriter writer, ModelMetadata metadata) {
    byte[] graph = writer.graph();
    return OnnxWriter.file("semantic-hash", graph, metadata.toFileProperties(graph));
  }

  /**
   * Writes a draft beside the target, reads it back, checks it against the network and only then
   * moves it into place: a file of this name is either complete and proven, or what it was before.
   *
   * @param target the file to write
   * @param validation documents whose bits ONNX Runtime must reproduce
   * @return how many texts were compared
   * @throws IllegalStateException when a bit differs
   * @throws IOException when the file cannot be written
   */
  public int write(Path target, List<SparseVector> validation) throws IOException {
    Path absolute = target.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path draft = absolute.resolveSibling("." + absolute.getFileName() + ".part");
    try {
      Files.write(draft, toBytes());
      int compared = check(EncoderModel.read(draft), validation);
      Files.move(
          draft, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return compared;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private int check(EncoderModel model, List<SparseVector> validation) {
    if (model.metadata().toMap().equals(metadata.toMap()) == false) {
      throw new IllegalStateException("the model's metadata does not read back as it was written");
    }
    return new ExportCheck(network, model).run(validation);
  }
}
