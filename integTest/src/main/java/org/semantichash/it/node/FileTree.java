// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders with everything in them. */
final class FileTree {

  private static final String FOLDER = "rwxr-xr-x";
  private static final String PROGRAM = "rwxr-xr-x";
  private static final String FILE = "rw-r--r--";

  private FileTree() {}

  /** Copies a folder; everybody may read the copy, whatever mask this process runs under. */
  static void copy(Path from, Path to) {
    walk(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(folder));
            Files.createDirectories(copy);
            readable(copy, FOLDER);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(file));
            Files.copy(file, copy);
            readable(copy, file.getParent().endsWith("bin") ? PROGRAM : FILE);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Sets permissions. */
  static void readable(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Makes a folder that everybody may enter. */
  static Path folder(Path path) throws IOException {
    Files.createDirectories(path);
    readable(path, FOLDER);
    return path;
  }

  /** Copies one file, readable for everybody. */
  static void copyFile(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    Files.copy(from, to);
    readable(to, FILE);
  }

  /** Deletes a folder; what has gone already is no failure. */
  static void delete(Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) == false) {
      return;
    }
    walk(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void walk(Path folder, SimpleFileVisitor<Path> visitor) {
    try {
      Files.walkFileTree(folder, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
