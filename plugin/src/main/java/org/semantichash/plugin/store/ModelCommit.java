// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.StoredModel.StoredOutcome;
import org.semantichash.plugin.store.StoredModel.StoredOutcome.Outcome;

/** Makes chunks a model, or removes them. */
final class ModelCommit {

  private static final Logger logger = LogManager.getLogger(ModelCommit.class);

  private final ModelCatalog models;
  private final ModelFileChunks chunks;
  private final StoreLimits limits;

  ModelCommit(ModelCatalog models, ModelFileChunks chunks, StoreLimits limits) {
    this.models = models;
    this.chunks = chunks;
    this.limits = limits;
  }

  /** Answers at once when the same file is stored, or another that must not be replaced. */
  void unlessDecided(
      ModelId id,
      String digest,
      boolean replace,
      ActionListener<StoredOutcome> listener,
      CheckedConsumer<ActionListener<StoredOutcome>, Exception> undecided) {
    models.get(
        id,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isPresent() && decided(found.get().model(), digest, replace)) {
                l.onResponse(new StoredOutcome(found.get().model(), Outcome.UNCHANGED));
              } else {
                undecided.accept(l);
              }
            }));
  }

  private static boolean decided(StoredModel stored, String digest, boolean replace) {
    if (stored.file().digest().equals(digest)) {
      return true;
    }
    if (replace == false) {
      throw new ElasticsearchStatusException(
          "model [{}] is stored with digest [{}], refusing to replace it by digest [{}]; set"
              + " [replace] to do it",
          RestStatus.CONFLICT,
          stored.id(),
          stored.file().digest(),
          digest);
    }
    return false;
  }

  /**
   * Makes chunks a model. Of several at the same time one wins; the others see its model and decide
   * anew. A write that failed may have been done all the same: then its chunks are left alone.
   */
  void commit(StoredModel model, boolean replace, ActionListener<StoredOutcome> listener) {
    attempt(
        model,
        replace,
        listener.delegateResponse(
            (l, e) -> {
              if (e instanceof ElasticsearchStatusException refused
                  && refused.status() == RestStatus.CONFLICT) {
                abandon(model.file(), l, e);
              } else {
                l.onFailure(e);
              }
            }));
  }

  private void attempt(StoredModel model, boolean replace, ActionListener<StoredOutcome> listener) {
    models.get(
        model.id(),
        listener.delegateFailureAndWrap((l, found) -> commit(model, replace, found, l)));
  }

  private void commit(
      StoredModel model,
      boolean replace,
      Optional<ModelCatalog.VersionedModel> found,
      ActionListener<StoredOutcome> listener) {
    if (found.isEmpty()) {
      models.create(
          model, orAgain(model, replace, listener, l -> finish(model, Outcome.CREATED, l)));
      return;
    }
    StoredModel old = found.get().model();
    if (decided(old, model.file().digest(), replace)) {
      // The same upload when this commit was made by a write that seemed to fail.
      if (old.file().upload().equals(model.file().upload())) {
        listener.onResponse(new StoredOutcome(old, Outcome.CREATED));
      } else {
        discard(model.file(), listener.map(v -> new StoredOutcome(old, Outcome.UNCHANGED)));
      }
      return;
    }
    models.replace(
        found.get(),
        model,
        orAgain(
            model,
            replace,
            listener,
            l ->
                discard(
                    old.file(), l.delegateFailure((d, v) -> finish(model, Outcome.REPLACED, d)))));
  }

  private ActionListener<Boolean> orAgain(
      StoredModel model,
      boolean replace,
      ActionListener<StoredOutcome> listener,
      Consumer<ActionListener<StoredOutcome>> won) {
    return listener.delegateFailureAndWrap(
        (l, first) -> {
          if (first) {
            won.accept(l);
          } else {
            attempt(model, replace, l);
          }
        });
  }

  private void finish(StoredModel model, Outcome outcome, ActionListener<StoredOutcome> listener) {
    logger.info("model [{}] of digest [{}] {}", model.id(), model.file().digest(), outcome);
    sweep(
        model.id(),
        List.of(model.file().upload()),
        listener.map(v -> new StoredOutcome(model, outcome)));
  }

  /** Deletes chunks that nobody can have seen, then fails. */
  <T> void abandon(StoredFile file, ActionListener<T> listener, Exception e) {
    discard(file, ActionListener.running(() -> listener.onFailure(e)));
  }

  /** Deletes chunks; when that fails they are deleted with the orphans, later. */
  void discard(StoredFile file, ActionListener<Void> listener) {
    chunks.delete(file, evenIfItFails(listener));
  }

  private static ActionListener<Void> evenIfItFails(ActionListener<Void> listener) {
    return listener.delegateResponse(
        (l, e) -> {
          // Expected where the disk is full: one line, no stack trace.
          logger.warn("cannot delete the chunks of a model, they are deleted later: {}", reason(e));
          logger.debug("cannot delete the chunks of a model", e);
          l.onResponse(null);
        });
  }

  private static String reason(Exception e) {
    return ExceptionsHelper.unwrapCause(e).toString();
  }

  void sweep(ModelId id, List<String> used, ActionListener<Void> listener) {
    long begun = System.currentTimeMillis() - limits.uploadAge().millis();
    chunks.deleteOrphans(id, begun, used, evenIfItFails(listener));
  }
}
