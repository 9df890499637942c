// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.TextHasher;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.models.ModelMemory.AccountedBytes;

/**
 * Makes a file a model that runs.
 *
 * @param libraries where ONNX Runtime's native libraries are
 * @param memory what is taken for it, given back when it is closed but not when it fails to open
 */
record ModelOpener(NativeLibraries libraries, ModelMemory memory) {

  private static final Logger logger = LogManager.getLogger(ModelOpener.class);

  /** How often golden texts are hashed until the code of vectors is compiled. */
  private static final int WARM_UP = 10;

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
      TextHasher hasher =
          model.network().isPresent()
              ? TextHasher.openInPlainLoops(model)
              : byOnnxRuntime(id, model);
      return verified(hasher, model, stillWanted);
    } catch (InvalidModelException e) {
      throw unusable(id, e);
    }
  }

  /**
   * As {@link ModelValidator#validate}, of a file that has been read: by every engine.
   *
   * @param breaker accounts the copy of ONNX Runtime
   */
  void validate(ModelId id, EncoderModel model, CircuitBreaker breaker) {
    OpenModel open = open(id, model, () -> {});
    try {
      verifyOtherEngines(id, model, open, breaker);
    } catch (InvalidModelException e) {
      throw unusable(id, e);
    } finally {
      open.release();
    }
  }

  private TextHasher byOnnxRuntime(ModelId id, EncoderModel model) {
    try {
      libraries.prepare();
      TextHasher hasher = TextHasher.openOnnxRuntime(model);
      libraries.loaded();
      return hasher;
    } catch (Encoder.UnavailableException | LinkageError e) {
      throw new ElasticsearchStatusException(
          "model [{}] cannot run on this node, queries by [code] and [like] still work: {}",
          RestStatus.SERVICE_UNAVAILABLE,
          new IllegalStateException(e),
          id,
          failed(e));
    }
  }

  /**
   * Lets the other engines compute the golden codes too: the network with vectors, which computes
   * all codes from then on, and ONNX Runtime where it runs. Both take longer to start than plain
   * loops.
   *
   * @param open the open model of this file; nothing is done once it is closed
   * @param breaker accounts the copy of ONNX Runtime
   * @throws InvalidModelException when an engine gives another code; it is not used
   * @throws CircuitBreakingException when there is no memory left
   */
  void verifyOtherEngines(ModelId id, EncoderModel model, OpenModel open, CircuitBreaker breaker) {
    if (model.network().isEmpty() || open.isClosed()) {
      return; // ONNX Runtime is the only engine, or nobody uses the model
    }
    verifyVectors(model);
    open.computeBy(model.network().get());
    if (open.isClosed() == false) {
      AccountedBytes copy =
          new AccountedBytes(breaker, model.sizeInBytes(), "check of model [" + id + "]");
      try {
        verifyOnnxRuntime(model);
      } finally {
        copy.close();
      }
    }
  }

  private void verifyOnnxRuntime(EncoderModel model) {
    try {
      libraries.prepare();
      try (TextHasher reference = TextHasher.openOnnxRuntime(model)) {
        libraries.loaded();
        reference.verify(model.metadata().goldenTexts());
      }
    } catch (Encoder.UnavailableException | LinkageError e) {
      logger.debug("models run without the check by ONNX Runtime: {}", failed(e));
    }
  }

  private static void verifyVectors(EncoderModel model) {
    try (TextHasher withVectors = TextHasher.open(model)) {
      for (int round = 0; round < WARM_UP; round++) {
        withVectors.verify(model.metadata().goldenTexts());
      }
    }
  }

  /**
   * Checks a model that is in use already with the other engines. Its codes are right in any case:
   * only an engine that has reproduced the golden codes computes any.
   *
   * @param breaker accounts the copy of ONNX Runtime
   */
  void verifyInUse(ModelId id, EncoderModel model, OpenModel open, CircuitBreaker breaker) {
    try {
      verifyOtherEngines(id, model, open, breaker);
    } catch (InvalidModelException e) {
      logger.error(
          () -> "another engine gives other codes for model [" + id + "] and is not used", e);
    } catch (CircuitBreakingException e) {
      logger.debug(() -> "no memory is left for the check of model [" + id + "]", e);
    }
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
