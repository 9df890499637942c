// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.Closeable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.core.TimeValue;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelSource.ModelFile;

/** Real {@link ModelCache} over files in memory, which counts how often each is read. */
public final class PreparedModels implements Closeable {

  private final Map<ModelId, byte[]> files = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final TestTimers timers = new TestTimers();
  private final ModelCache models;
  private final ModelValidator validator;
  private final AtomicInteger filesRead = new AtomicInteger();
  private volatile ModelFile.Location place = ModelFile.Location.CLUSTER;
  private volatile boolean digests;

  /** No model yet; loads run on this executor. */
  public PreparedModels(Executor executor) {
    this(executor, new NoopCircuitBreaker("semantic_hash"));
  }

  /** With this breaker for the memory of the models. */
  PreparedModels(Executor executor, CircuitBreaker breaker) {
    this(executor, breaker, unlimited());
  }

  /** Limits that no test reaches. */
  static ModelLimits unlimited() {
    return new ModelLimits(ByteSizeValue.MINUS_ONE, TimeValue.timeValueMinutes(10));
  }

  /** With these limits. */
  PreparedModels(Executor executor, CircuitBreaker breaker, ModelLimits limits) {
    ModelSource source =
        new ModelSource() {
          @Override
          public void find(ModelId id, ActionListener<ModelFile> listener) {
            reads.incrementAndGet();
            byte[] file = files.get(id);
            if (file == null) {
              listener.onFailure(new ResourceNotFoundException("model [{}] not found: test", id));
            } else {
              String digest = digests ? EncoderModel.read(file).digest() : null;
              listener.onResponse(
                  new FileInMemory(file, place, digest, filesRead::incrementAndGet));
            }
          }

          @Override
          public void isCurrent(LoadedModel model, ActionListener<Boolean> listener) {
            byte[] file = files.get(model.id());
            listener.onResponse(
                file != null && EncoderModel.read(file).digest().equals(model.digest()));
          }
        };
    NativeLibraries none = new NativeLibraries(PathUtils.get("no", "such", "plugin"));
    this.models = new ModelCache(source, none, breaker, limits, timers.threads(executor));
    this.validator = new ModelValidator(none, breaker);
  }

  /** Says from now on that files lie there. */
  PreparedModels in(ModelFile.Location newPlace) {
    place = newPlace;
    return this;
  }

  /** Knows from now on the digest of a file before it is read, as the cluster does. */
  PreparedModels withDigests() {
    digests = true;
    return this;
  }

  /** Accounts in the same breaker. */
  ModelValidator validator() {
    return validator;
  }

  /** How often a file was read to its end. */
  int filesRead() {
    return filesRead.get();
  }

  /** Adds or replaces a file. */
  public PreparedModels put(String id, byte[] file) {
    files.put(new ModelId(id), file);
    return this;
  }

  /** Removes a file. */
  PreparedModels remove(String id) {
    files.remove(new ModelId(id));
    return this;
  }

  /** How often a file was asked for. */
  public int reads() {
    return reads.get();
  }

  /** The timers of those who wait. */
  TestTimers timers() {
    return timers;
  }

  /** The models under test. */
  public ModelCache models() {
    return models;
  }

  @Override
  public void close() {
    models.close();
  }
}
