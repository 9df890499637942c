// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

/** ONNX Runtime cannot be loaded on this machine; nothing is wrong with the model. */
public final class EncoderUnavailableException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** With the reason and the native library's own complaint. */
  public EncoderUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
