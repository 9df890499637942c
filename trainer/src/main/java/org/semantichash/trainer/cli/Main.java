// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The program {@code semantic-hash}: the only place that ends the process. */
public final class Main {

  /** The system property that ONNX Runtime reads when its first class is loaded. */
  private static final String NATIVE_LIBRARIES = "onnxruntime.native.path";

  private Main() {}

  /** Runs a verb and exits with its code. */
  @SuppressForbidden("a program tells its outcome by its exit code")
  public static void main(String[] args) {
    findNativeLibraries();
    System.exit(SemanticHash.run(args));
  }

  /**
   * The distribution has ONNX Runtime's libraries in [native] beside [lib]. Otherwise ONNX Runtime
   * unpacks them into a new temporary folder, which stays there when the process is killed.
   */
  private static void findNativeLibraries() {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = jar.resolveSibling("../native").normalize().resolve(platform());
      if (System.getProperty(NATIVE_LIBRARIES) == null && Files.isDirectory(folder)) {
        System.setProperty(NATIVE_LIBRARIES, folder.toString());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program has no place in the file system", e);
    }
  }

  /** This platform in ONNX Runtime's words, for example [linux-x64]. */
  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux")
        + "-"
        + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
  }
}
