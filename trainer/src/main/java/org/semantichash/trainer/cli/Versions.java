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
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Versions as the build wrote them into the jar. */
final class Versions implements IVersionProvider {

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

  static String trainer() {
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
