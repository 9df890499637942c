// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One self-contained model file, read and checked, not yet run. Its identity is the SHA-256 of its
 * bytes.
 */
public final class EncoderModel {

  private final byte[] file;
  private final String digest;
  private final ModelMetadata metadata;
  private final Optional<IntegerNetwork> network;

  private EncoderModel(byte[] file, ModelValidator.Content content) {
    this.file = file;
    this.metadata = content.metadata();
    this.network = content.network();
    this.digest = FileDigests.sha256(file);
  }

  /**
   * A model from the bytes of its file, which are copied.
   *
   * @throws InvalidModelException when the file breaks a rule of the format; the message says which
   */
  public static EncoderModel read(byte[] file) {
    byte[] copy = file.clone();
    return new EncoderModel(copy, ModelValidator.validate(copy));
  }

  /**
   * A model from its file.
   *
   * @throws InvalidModelException as {@link #read(byte[])}
   * @throws IOException when the file cannot be read
   */
  public static EncoderModel read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new EncoderModel(bytes, ModelValidator.validate(bytes));
  }

  /** Everything in the file that is not its graph. */
  public ModelMetadata metadata() {
    return metadata;
  }

  /** The SHA-256 of the file, in hexadecimal: what makes two models the same. */
  public String digest() {
    return digest;
  }

  /** The size of the file, in bytes. */
  public long sizeInBytes() {
    return file.length;
  }

  /** A copy of the file's bytes. */
  public byte[] file() {
    return file.clone();
  }

  /** The file's bytes themselves, for the encoder, which does not change them. */
  byte[] sharedFile() {
    return file;
  }

  /**
   * The network of the file in plain Java, which shares the file's bytes; empty when the file is of
   * format 1 or its graph not of the form that the trainer exports.
   */
  public Optional<IntegerNetwork> network() {
    return network;
  }
}
