// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.List;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.common.UUIDs;
import org.elasticsearch.common.hash.MessageDigests;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.transport.Transports;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.ModelValidator;
import org.semantichash.plugin.store.StoredModel.StoredOutcome;

/** Puts models into the cluster and removes them. */
public final class ModelStore {

  private static final Logger logger = LogManager.getLogger(ModelStore.class);

  /** How often uploads that have become too old are looked for. */
  public static final TimeValue SWEEP_INTERVAL = TimeValue.timeValueMinutes(1);

  private final ModelCatalog models;
  private final ModelAliases aliases;
  private final ModelFileChunks chunks;
  private final ModelCommit commit;
  private final ModelUploads uploads;
  private final ModelValidator validator;
  private final StoreLimits limits;
  private final Executor executor;

  /**
   * The models of the cluster that a client talks to.
   *
   * @param validator checks them first
   * @param limits of what is stored
   * @param executor where files are checked
   */
  public ModelStore(
      Client client, ModelValidator validator, StoreLimits limits, Executor executor) {
    SystemIndexDocuments documents = new SystemIndexDocuments(client);
    this.models = new ModelCatalog(documents);
    this.aliases = new ModelAliases(documents, models);
    this.chunks = new ModelFileChunks(documents);
    this.commit = new ModelCommit(models, chunks, limits);
    this.uploads = new ModelUploads(documents, chunks, commit, validator, limits, executor);
    this.validator = validator;
    this.limits = limits;
    this.executor = executor;
  }

  /** The models that are sent part by part. */
  public ModelUploads uploads() {
    return uploads;
  }

  /** The other names of models. */
  public ModelAliases aliases() {
    return aliases;
  }

  /** Deletes uploads that nobody has completed in time; one node of the cluster does it. */
  public void sweep(ClusterState state) {
    if (state.nodes().isLocalNodeElectedMaster()) {
      uploads.sweep(
          System.currentTimeMillis(),
          ActionListener.wrap(ended -> {}, e -> logger.debug("cannot delete old uploads", e)));
    }
  }

  /** All models, by name. */
  public void list(ActionListener<List<StoredModel>> listener) {
    models.list(listener);
  }

  /**
   * Checks a file, replays its golden texts on this node and stores it.
   *
   * @param sha256 the digest that the file must have, null for any
   * @param replace whether a model of this name with another digest is replaced
   * @param listener gets the model, or a failure: 413 for a file that is too large, 400 for one
   *     that is no valid model or has another digest, 409 for another model of this name
   */
  public void put(
      ModelId id,
      byte[] file,
      String sha256,
      boolean replace,
      ActionListener<StoredOutcome> listener) {
    assert Transports.assertNotTransportThread("it hashes the file");
    limits.requireSize(file.length);
    String digest = sha256(file);
    if (sha256 != null) {
      requireDigest(id, StoredFile.requireDigest(sha256), digest);
    }
    commit.unlessDecided(
        id,
        digest,
        replace,
        listener,
        l -> executor.execute(ActionRunnable.wrap(l, stored -> store(id, file, replace, stored))));
  }

  /** Refuses a file that arrived with other bytes than it was sent with. */
  private static void requireDigest(ModelId id, String expected, String actual) {
    if (actual.equals(expected) == false) {
      throw new IllegalArgumentException(
          "the file of model ["
              + id
              + "] must have the SHA-256 ["
              + expected
              + "], got ["
              + actual
              + "]; send it again");
    }
  }

  private void store(
      ModelId id, byte[] file, boolean replace, ActionListener<StoredOutcome> listener) {
    EncoderModel model = validator.validate(id, file);
    String upload = UUIDs.randomBase64UUID();
    StoredFile stored =
        new StoredFile(upload, model.digest(), file.length, ModelFileChunks.count(file.length));
    SubscribableListener.<Void>newForked(
            l ->
                chunks.writeAll(
                    id, upload, file, l.delegateResponse((f, e) -> commit.abandon(stored, f, e))))
        .<StoredOutcome>andThen(l -> commit.commit(describe(id, stored, model), replace, l))
        .addListener(listener);
  }

  private static StoredModel describe(ModelId id, StoredFile file, EncoderModel model) {
    return StoredModel.of(id, file, System.currentTimeMillis(), model);
  }

  /**
   * Deletes a model and what was uploaded for it but not completed.
   *
   * @param listener gets nothing, or a failure: 404 when there is neither
   */
  public void delete(ModelId id, ActionListener<Void> listener) {
    SubscribableListener.<Boolean>newForked(l -> deleteModel(id, l))
        .<Boolean>andThen(
            (l, deleted) ->
                uploads.deleteAll(
                    id.value()::equals, found -> {}, l.map(ended -> deleted || ended > 0)))
        .andThenAccept(
            any -> {
              if (any == false) {
                throw new ResourceNotFoundException("model [{}] not found", id);
              }
            })
        .<Void>andThen(l -> commit.sweep(id, List.of(), l))
        .addListener(listener);
  }

  private void deleteModel(ModelId id, ActionListener<Boolean> listener) {
    models.get(
        id,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isEmpty()) {
                l.onResponse(false);
              } else {
                deleteModel(found.get(), l);
              }
            }));
  }

  private void deleteModel(ModelCatalog.VersionedModel version, ActionListener<Boolean> listener) {
    StoredModel model = version.model();
    models.delete(
        version,
        listener.delegateFailureAndWrap(
            (l, deleted) -> {
              if (deleted) {
                logger.info("model [{}] of digest [{}] deleted", model.id(), model.file().digest());
                commit.discard(model.file(), l.map(v -> true));
              } else {
                deleteModel(model.id(), l); // it was replaced in between
              }
            }));
  }

  private static String sha256(byte[] file) {
    return MessageDigests.toHexString(MessageDigests.sha256().digest(file));
  }
}
