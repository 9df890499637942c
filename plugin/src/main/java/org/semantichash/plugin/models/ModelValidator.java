// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.core.Releasable;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.ModelMemory.AccountedBytes;

/** Checks files before they are stored as models; nothing of a file stays in memory. */
public final class ModelValidator {

  private final NativeLibraries libraries;
  private final CircuitBreaker breaker;

  /**
   * For the files that this node stores.
   *
   * @param libraries where ONNX Runtime's native libraries are
   * @param breaker accounts the memory of files and models
   */
  public ModelValidator(NativeLibraries libraries, CircuitBreaker breaker) {
    this.libraries = libraries;
    this.breaker = breaker;
  }

  /**
   * Reads a file as a model and replays its golden texts, on the calling thread.
   *
   * @throws IllegalArgumentException when the file is no valid model or computes other codes
   * @throws org.elasticsearch.ElasticsearchStatusException with status 503 when ONNX Runtime cannot
   *     run here
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException when there is no memory left
   */
  public EncoderModel validate(ModelId id, byte[] file) {
    try (ModelMemory memory = new ModelMemory(id, file.length, null, breaker)) {
      EncoderModel model = ModelOpener.read(id, file);
      new ModelOpener(libraries, memory).validate(id, model, breaker);
      return model;
    }
  }

  /**
   * Accounts the memory of a file that is put together to become a model.
   *
   * @return gives the memory back
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException when there is no memory left
   */
  public Releasable account(ModelId id, long bytes) {
    return new AccountedBytes(breaker, bytes, "upload of model [" + id + "]");
  }
}
