// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A model that comes with this version, so that nobody has to train or upload it: a file in the
 * folder {@value #FOLDER} beside this class, listed there in {@value #DIGESTS} as {@code sha256sum}
 * writes it.
 *
 * <p>The file of a name never changes once a version with it is released, since stored bits never
 * change their meaning: a better model gets another name.
 *
 * @param name begins with {@value #PREFIX}, as no name of any other model does
 * @param digest the SHA-256 of its file, in hexadecimal
 */
public record BuiltInModel(String name, String digest) {

  /** What names of built-in models begin with. */
  public static final String PREFIX = "_";

  static final String FOLDER = "builtin";
  static final String DIGESTS = "digests.txt";

  private static final String SEPARATOR = "  ";
  private static final String EXTENSION = ".onnx";

  /** Whether this is, or could be, the name of a built-in model. */
  public static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  /** The built-in models of this version, by name. */
  public static List<BuiltInModel> all() {
    return Listed.ALL;
  }

  /** The built-in model of this name, if this version has one. */
  public static Optional<BuiltInModel> of(String name) {
    return all().stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /**
   * The bytes of its file.
   *
   * @throws InvalidModelException when they are not those of the digest
   */
  public byte[] file() {
    byte[] file = resource(name + EXTENSION);
    String actual = FileDigests.sha256(file);
    if (actual.equals(digest) == false) {
      throw new InvalidModelException(
          "the file of built-in model ["
              + name
              + "] must have the SHA-256 ["
              + digest
              + "], got ["
              + actual
              + "]");
    }
    return file;
  }

  private static byte[] resource(String name) {
    String path = FOLDER + "/" + name;
    try (InputStream in = BuiltInModel.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("resource [" + path + "] is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Read once, when somebody asks for it. */
  private static final class Listed {

    static final List<BuiltInModel> ALL =
        new String(resource(DIGESTS), StandardCharsets.UTF_8)
            .lines()
            .map(Listed::parse)
            .sorted(Comparator.comparing(BuiltInModel::name))
            .toList();

    private static BuiltInModel parse(String line) {
      int end = line.indexOf(SEPARATOR);
      String file = line.substring(end + SEPARATOR.length());
      assert isName(file) && file.endsWith(EXTENSION) : line;
      return new BuiltInModel(
          file.substring(0, file.length() - EXTENSION.length()), line.substring(0, end));
    }
  }
}
