// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.semantichash.encoder.Encoder;

/**
 * Tells ONNX Runtime where its native libraries are: in the folder of this platform below the
 * plugin's directory, never in a temporary directory, which may forbid to execute files.
 */
public final class NativeLibraries {

  /** The system property that ONNX Runtime reads when its first class is loaded. */
  static final String PROPERTY = "onnxruntime.native.path";

  private final Path folder;
  private final String platform;
  private volatile State state = new State("unused", null);

  /**
   * Whether ONNX Runtime runs here.
   *
   * @param status [unused] before the first model, then [loaded], [failed], or [absent] where the
   *     plugin's zip has no native libraries
   * @param reason why it failed, or null
   */
  public record State(String status, String reason) {}

  /**
   * The libraries of an installed plugin.
   *
   * @param plugin the plugin's directory
   */
  public NativeLibraries(Path plugin) {
    this(plugin, platform(System.getProperty("os.name"), System.getProperty("os.arch")));
  }

  NativeLibraries(Path plugin, String platform) {
    this.folder = plugin.resolve("native");
    this.platform = platform;
  }

  /** The platform of this node, in ONNX Runtime's own words. */
  public String platform() {
    return platform;
  }

  /** Whether ONNX Runtime runs here, as far as is known. */
  public State state() {
    return state;
  }

  void loaded() {
    state = new State("loaded", null);
  }

  void failed(String reason) {
    state = new State(isAbsent() ? "absent" : "failed", reason);
  }

  /** Whether this is an installed plugin that came without libraries and may not load any. */
  private boolean isAbsent() {
    return Files.isDirectory(folder) == false
        && Files.exists(folder.resolveSibling("plugin-descriptor.properties"));
  }

  /** ONNX Runtime's own name for a platform, for example [linux-x64]. */
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.contains("linux")
            ? "linux"
            : os.contains("mac") ? "osx" : os.contains("win") ? "win" : os;
    String processor =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64", "arm64" -> "aarch64";
          default -> osArch;
        };
    return system + "-" + processor;
  }

  /**
   * To be called before the first class of ONNX Runtime is loaded. Does nothing when the operator
   * has set the property, nor outside an installed plugin.
   *
   * @throws Encoder.UnavailableException when the plugin has no library for this platform
   */
  void prepare() {
    if (isAbsent()) {
      throw new Encoder.UnavailableException(
          "the plugin was installed from the zip without the native libraries of [onnxruntime]",
          null);
    }
    if (System.getProperty(PROPERTY) != null || Files.isDirectory(folder) == false) {
      return;
    }
    Path libraries = folder.resolve(platform);
    if (Files.isDirectory(libraries) == false) {
      throw new Encoder.UnavailableException(
          "no native library of ONNX Runtime is shipped for platform ["
              + platform
              + "]; one can be named by the system property ["
              + PROPERTY
              + "]",
          null);
    }
    System.setProperty(PROPERTY, libraries.toString());
  }
}
