// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.IOException;
import java.util.Objects;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.wire.Frame;

/**
 * The code that the model of a field gives to texts of which it knows no term: the empty code. It
 * says nothing about such a text, so documents that have it are no duplicates of each other.
 *
 * @param hex the code in hexadecimal; null when there is none or nobody knows it
 * @param unknown why nobody knows it; null when it is known, and when the field is of no model
 */
public record EmptyCode(String hex, String unknown) implements Writeable {

  /** The field is of no model, so that no code of it stands for a text without known terms. */
  public static final EmptyCode NONE = new EmptyCode(null, null);

  /** Finds empty codes without loading the model where the cluster knows the code. */
  @FunctionalInterface
  public interface Lookup {

    /**
     * Finds the code, without blocking the caller.
     *
     * @param model the name of the model that a mapping gives, or null
     * @param digest the digest that a field is bound to, or null
     * @param bits the width of the field
     * @param listener gets the code, or the reason why it is unknown; it never fails
     */
    void find(ModelId model, String digest, int bits, ActionListener<EmptyCode> listener);
  }

  /** As it was written. */
  public EmptyCode(StreamInput in) throws IOException {
    this(Frame.open(in, "empty code"));
  }

  private EmptyCode(Frame body) throws IOException {
    this(body.readOptionalString(), body.readOptionalString());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeOptionalString(hex);
          body.writeOptionalString(unknown);
        });
  }

  /** A code that is known. */
  public static EmptyCode of(BinaryCode code) {
    return new EmptyCode(code.toHex(), null);
  }

  /** A code that exists and that nobody knows. */
  public static EmptyCode unknown(String reason) {
    return new EmptyCode(null, Objects.requireNonNull(reason, "reason"));
  }

  /** Whether there is a code that nobody knows. */
  public boolean isUnknown() {
    return unknown != null;
  }

  /** The bytes of the code of a field of this width; null when there is none or nobody knows it. */
  public byte[] bytes(int bits) {
    return hex == null ? null : BinaryCode.fromHex(hex, bits).toBytes();
  }
}
