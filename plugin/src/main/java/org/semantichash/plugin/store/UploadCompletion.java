// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.hash.MessageDigests;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.LoadedModels;
import org.semantichash.plugin.models.ModelId;

/** Makes uploads models: all parts are there, their digest and golden texts are right. */
public final class UploadCompletion {

  private final Chunks chunks;
  private final Commit commit;
  private final Uploads uploads;
  private final LoadedModels validator;
  private final Executor executor;

  UploadCompletion(
      Chunks chunks, Commit commit, Uploads uploads, LoadedModels validator, Executor executor) {
    this.chunks = chunks;
    this.commit = commit;
    this.uploads = uploads;
    this.validator = validator;
    this.executor = executor;
  }

  /**
   * Makes an upload a model, as {@link ModelStorage#put} does with a file.
   *
   * @param sha256 the digest of the whole file
   */
  public void complete(
      ModelId id, String sha256, boolean replace, ActionListener<StoredOutcome> listener) {
    String digest = StoredFile.requireDigest(sha256);
    commit.unlessDecided(id, digest, replace, listener, l -> completeFile(id, digest, replace, l));
  }

  private void completeFile(
      ModelId id, String digest, boolean replace, ActionListener<StoredOutcome> listener) {
    SubscribableListener.<Upload>newForked(l -> find(id, digest, l))
        .<byte[]>andThen((l, upload) -> read(upload, l))
        .<StoredOutcome>andThen(
            (l, file) ->
                executor.execute(
                    ActionRunnable.wrap(l, next -> validate(id, digest, file, replace, next))))
        .addListener(listener);
  }

  private void find(ModelId id, String digest, ActionListener<Upload> listener) {
    uploads.find(
        id,
        digest,
        listener.map(
            found ->
                found.orElseThrow(
                    () ->
                        new ResourceNotFoundException(
                            "model [{}] has no upload of [sha256={}]", id, digest))));
  }

  private void read(Upload upload, ActionListener<byte[]> listener) {
    StoredFile file = upload.file();
    chunks.present(
        file.upload(),
        file.parts(),
        listener.delegateFailureAndWrap(
            (l, present) -> {
              requireAll(upload, present);
              // Until the file is validated, which accounts it as well.
              Releasable memory = validator.account(upload.model(), file.length());
              ActionListener.run(
                  ActionListener.releaseBefore(memory, l),
                  read -> chunks.readAll(file, () -> {}, read));
            }));
  }

  private static void requireAll(Upload upload, List<Integer> present) {
    List<Integer> missing =
        new ArrayList<>(IntStream.range(0, upload.file().parts()).boxed().toList());
    missing.removeAll(present);
    if (missing.isEmpty() == false) {
      throw new IllegalArgumentException(
          "the upload of model [" + upload.model() + "] lacks parts " + missing);
    }
  }

  private void validate(
      ModelId id,
      String digest,
      byte[] file,
      boolean replace,
      ActionListener<StoredOutcome> listener) {
    String actual = MessageDigests.toHexString(MessageDigests.sha256().digest(file));
    if (actual.equals(digest) == false) {
      throw new IllegalArgumentException(
          "the parts of model ["
              + id
              + "] must have the SHA-256 ["
              + digest
              + "], got ["
              + actual
              + "]; send them again");
    }
    EncoderModel model;
    try {
      model = validator.validate(id, file);
    } catch (IllegalArgumentException e) {
      // Sending it again would not make it valid.
      delete(id, digest, ActionListener.running(() -> listener.onFailure(e)));
      return;
    }
    claimed(
        id,
        digest,
        listener.delegateFailureAndWrap(
            (l, upload) ->
                commit.commit(
                    StoredModel.of(id, upload.file(), System.currentTimeMillis(), model),
                    replace,
                    l)));
  }

  private void claimed(ModelId id, String digest, ActionListener<Upload> listener) {
    uploads.find(
        id,
        digest,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isEmpty()) {
                throw taken(id, digest);
              }
              uploads.claim(
                  found.get(),
                  l.map(
                      claimed -> {
                        if (claimed == false) {
                          throw taken(id, digest);
                        }
                        return found.get();
                      }));
            }));
  }

  private static ElasticsearchStatusException taken(ModelId id, String digest) {
    return new ElasticsearchStatusException(
        "the upload of model [{}] with [sha256={}] was completed or deleted by somebody else",
        RestStatus.CONFLICT,
        id,
        digest);
  }

  private void delete(ModelId id, String digest, ActionListener<Void> listener) {
    claimed(
        id,
        digest,
        listener.delegateFailureAndWrap((l, upload) -> commit.discard(upload.file(), l)));
  }
}
