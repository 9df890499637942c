// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.EncoderUnavailableException;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.models.LoadedModel.OpenModel;

/**
 * Makes a file a model that runs.
 *
 * @param libraries where ONNX Runtime's native libraries are
 * @param memory what is taken for it, given back when it is closed but not when it fails to open
 */
record ModelOpener(NativeLibraries libraries, ModelMemory memory) {

  private static final Logger logger = LogManager.getLogger(ModelOpener.class);

  /**
   * Reads a file as a model.
   *
   * @throws IllegalArgumentException when it is none
   */
  static EncoderModel read(ModelId id, byte[] file) {
    try {
      return EncoderModel.read(file);
    } catch (InvalidModelException e) {
      throw unusable(id, e);
    }
  }

  private static IllegalArgumentException unusable(ModelId id, InvalidModelException e) {
    return new IllegalArgumentException("model [" + id + "] cannot be used: " + e.getMessage(), e);
  }

  /**
   * Opens a model and replays its golden texts.
   *
   * @param stillWanted throws, after each step, when nobody wants the model any more
   * @throws IllegalArgumentException when it computes other codes
   * @throws ElasticsearchStatusException with status 503 when it needs ONNX Runtime, which cannot
   *     run here
   * @throws org.elasticsearch.ElasticsearchException with status 429 when there is no memory left
   */
  OpenModel open(ModelId id, EncoderModel model, Runnable stillWanted) {
    stillWanted.run();
    try {
      TextHasher hasher = model.network().isPresent() ? inJava(model) : byOnnxRuntime(id, model);
      return verified(hasher, model, stillWanted);
    } catch (InvalidModelException e) {
      throw unusable(id, e);
    }
  }

  private TextHasher byOnnxRuntime(ModelId id, EncoderModel model) {
    try {
      libraries.prepare();
      TextHasher hasher = TextHasher.openOnnxRuntime(model);
      libraries.loaded();
      return hasher;
    } catch (EncoderUnavailableException | LinkageError e) {
      throw new ElasticsearchStatusException(
          "model [{}] cannot run on this node, queries by [code] and [like] still work: {}",
          RestStatus.SERVICE_UNAVAILABLE,
          new IllegalStateException(e),
          id,
          failed(e));
    }
  }

  /** Where ONNX Runtime runs it must give the golden codes too; where it does not, Java does. */
  private TextHasher inJava(EncoderModel model) {
    try {
      libraries.prepare();
      try (TextHasher reference = TextHasher.openOnnxRuntime(model)) {
        libraries.loaded();
        reference.verify(model.metadata().goldenTexts());
      }
    } catch (EncoderUnavailableException | LinkageError e) {
      logger.debug("models run without the check by ONNX Runtime: {}", failed(e));
    }
    return TextHasher.open(model);
  }

  /** A LinkageError must not reach the node, which takes it for fatal. */
  private String failed(Throwable e) {
    String reason = rootCause(e).toString();
    libraries.failed(reason);
    return reason;
  }

  private static Throwable rootCause(Throwable e) {
    return e.getCause() == null ? e : rootCause(e.getCause());
  }

  /** Documents with this code are left out of groups, so that it has to be the right one. */
  private static void requireEmptyCode(BinaryCode actual, BinaryCode described) {
    if (actual.equals(described) == false) {
      throw new InvalidModelException(
          "[empty_code] must be the code of a text without known terms, ["
              + actual
              + "], got ["
              + described
              + "]");
    }
  }

  private OpenModel verified(TextHasher hasher, EncoderModel model, Runnable stillWanted) {
    boolean verified = false;
    try {
      memory.opened(hasher.bytes());
      stillWanted.run();
      hasher.verify(model.metadata().goldenTexts());
      requireEmptyCode(hasher.hash("").code(), model.metadata().emptyCode());
      OpenModel open = new OpenModel(model, hasher, memory);
      verified = true;
      return open;
    } finally {
      if (verified == false) {
        hasher.close();
      }
    }
  }
}
