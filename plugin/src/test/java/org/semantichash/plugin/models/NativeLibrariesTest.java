// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.encoder.Encoder;

class NativeLibrariesTest {

  @TempDir private Path plugin;
  private String before;

  @BeforeEach
  void rememberProperty() {
    before = System.clearProperty(NativeLibraries.PROPERTY);
  }

  @AfterEach
  void restoreProperty() {
    if (before == null) {
      System.clearProperty(NativeLibraries.PROPERTY);
    } else {
      System.setProperty(NativeLibraries.PROPERTY, before);
    }
  }

  @Test
  void namesPlatformsAsOnnxRuntimeDoes() {
    assertEquals("linux-x64", NativeLibraries.platform("Linux", "amd64"));
    assertEquals("linux-aarch64", NativeLibraries.platform("Linux", "aarch64"));
    assertEquals("osx-aarch64", NativeLibraries.platform("Mac OS X", "aarch64"));
    assertEquals("osx-x64", NativeLibraries.platform("Mac OS X", "x86_64"));
    assertEquals("win-x64", NativeLibraries.platform("Windows Server 2022", "amd64"));
    assertEquals("linux-riscv64", NativeLibraries.platform("Linux", "riscv64"));
    assertEquals("sunos-sparcv9", NativeLibraries.platform("SunOS", "sparcv9"));
  }

  @Test
  void pointsToTheFolderOfThePlatform() throws Exception {
    Path folder = Files.createDirectories(plugin.resolve("native").resolve("linux-x64"));
    new NativeLibraries(plugin, "linux-x64").prepare();
    assertEquals(folder.toString(), System.getProperty(NativeLibraries.PROPERTY));
  }

  @Test
  void leavesTheOperatorsChoice() throws Exception {
    Files.createDirectories(plugin.resolve("native"));
    System.setProperty(NativeLibraries.PROPERTY, "elsewhere");
    new NativeLibraries(plugin, "linux-riscv64").prepare();
    assertEquals("elsewhere", System.getProperty(NativeLibraries.PROPERTY));
  }

  @Test
  void outsideAnInstalledPluginTheJarHasItsOwn() {
    new NativeLibraries(plugin, "linux-x64").prepare();
    assertNull(System.getProperty(NativeLibraries.PROPERTY));
  }

  @Test
  void aPluginWithoutLibrariesSaysSo() throws Exception {
    Files.createFile(plugin.resolve("plugin-descriptor.properties"));
    NativeLibraries libraries = new NativeLibraries(plugin, "linux-x64");
    Encoder.UnavailableException e =
        assertThrows(Encoder.UnavailableException.class, libraries::prepare);
    assertEquals(
        "the plugin was installed from the zip without the native libraries of [onnxruntime]",
        e.getMessage());
    libraries.failed("why");
    assertEquals("absent", libraries.state().status());
  }

  @Test
  void saysSoOnAPlatformWithoutLibrary() throws Exception {
    Files.createDirectories(plugin.resolve("native").resolve("linux-x64"));
    NativeLibraries libraries = new NativeLibraries(plugin, "linux-riscv64");
    Encoder.UnavailableException e =
        assertThrows(Encoder.UnavailableException.class, libraries::prepare);
    assertEquals(
        "no native library of ONNX Runtime is shipped for platform [linux-riscv64]; one can be"
            + " named by the system property [onnxruntime.native.path]",
        e.getMessage());
  }
}
