// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Versions as the build wrote them into the jar. */
public final class Versions implements IVersionProvider {

  private static final Properties BUILT = load();

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** The version of the trainer. */
  public static String trainer() {
    return BUILT.getProperty("trainer");
  }

  static String onnxRuntime() {
    return BUILT.getProperty("onnxruntime");
  }

  static String lucene() {
    return BUILT.getProperty("lucene");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "semantic-hash "
          + trainer()
          + " (ONNX Runtime "
          + onnxRuntime()
          + ", Lucene "
          + lucene()
          + ")"
    };
  }
}
