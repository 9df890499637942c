/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
import org.elasticsearch.common.UUIDs;
import org.elasticsearch.common.hash.MessageDigests;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.LoadedModels;
import org.semantichash.plugin.models.ModelId;

/**
 * Models that a client sends part by part, in any order, each as often as it likes. An upload must
 * be completed within a day.
 */
public final class ModelUploads {

  private final Models models;
  private final Chunks chunks;
  private final Commit commit;
  private final Uploads uploads;
  private final LoadedModels validator;
  private final SizeLimit limit;
  private final Executor executor;

  ModelUploads(Documents documents, LoadedModels validator, SizeLimit limit, Executor executor) {
    this.models = new Models(documents);
    this.chunks = new Chunks(documents);
    this.commit = new Commit(models, chunks);
    this.uploads = new Uploads(documents);
    this.validator = validator;
    this.limit = limit;
    this.executor = executor;
  }

  /**
   * Which file a part belongs to.
   *
   * @param sha256 the digest of the whole file
   * @param length its length in bytes
   * @param parts the number of parts
   */
  public record Whole(String sha256, long length, int parts) {}

  /**
   * An upload, and which of its parts are there.
   *
   * @param upload the upload
   * @param parts the numbers of the parts, ascending from 0
   */
  public record Progress(Upload upload, List<Integer> parts) {}

  /**
   * Stores one part.
   *
   * @param part its number, from 0
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public void putPart(
      ModelId id, Whole whole, int part, byte[] data, ActionListener<Void> listener) {
    long now = System.currentTimeMillis();
    limit.require(whole.length());
    StoredFile file =
        new StoredFile(UUIDs.randomBase64UUID(), whole.sha256(), whole.length(), whole.parts());
    requirePart(file, part, data);
    uploads.findOrBegin(
        new Upload(id, file, now),
        listener.delegateFailureAndWrap(
            (l, upload) -> chunks.write(id, upload.file().upload(), part, data, l)));
  }

  private static void requirePart(StoredFile file, int part, byte[] data) {
    if (part < 0 || part >= file.parts()) {
      throw new IllegalArgumentException(
          "[part] must be between [0] and [" + (file.parts() - 1) + "], got [" + part + "]");
    }
    long most = Math.min(Chunks.MAX_SIZE, file.length() - file.parts() + 1);
    if (data.length < 1 || data.length > most) {
      throw new IllegalArgumentException(
          "part ["
              + part
              + "] must have between [1] and ["
              + most
              + "] bytes, got ["
              + data.length
              + "]");
    }
  }

  /** The uploads of a model that are not complete. */
  public void list(ModelId id, ActionListener<List<Progress>> listener) {
    uploads.list(
        id,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              List<Progress> all = new ArrayList<>();
              SubscribableListener<Void> done = SubscribableListener.nullSuccess();
              for (Upload upload : found) {
                done = done.andThen(next -> progress(upload, next.map(p -> add(all, p))));
              }
              done.addListener(l.map(v -> all));
            }));
  }

  private static Void add(List<Progress> all, Progress progress) {
    all.add(progress);
    return null;
  }

  private void progress(Upload upload, ActionListener<Progress> listener) {
    StoredFile file = upload.file();
    chunks.present(file.upload(), file.parts(), listener.map(p -> new Progress(upload, p)));
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
    SubscribableListener.<Progress>newForked(l -> find(id, digest, l))
        .<byte[]>andThen((l, progress) -> read(progress, l))
        .<StoredOutcome>andThen(
            (l, file) ->
                executor.execute(
                    ActionRunnable.wrap(l, next -> validate(id, digest, file, replace, next))))
        .addListener(listener);
  }

  private void find(ModelId id, String digest, ActionListener<Progress> listener) {
    uploads.find(
        id,
        digest,
        listener.delegateFailureAndWrap(
            (l, found) ->
                progress(
                    found.orElseThrow(
                        () ->
                            new ResourceNotFoundException(
                                "model [{}] has no upload of [sha256={}]", id, digest)),
                    l)));
  }

  private void read(Progress progress, ActionListener<byte[]> listener) {
    StoredFile file = progress.upload().file();
    List<Integer> missing = new ArrayList<>(IntStream.range(0, file.parts()).boxed().toList());
    missing.removeAll(progress.parts());
    if (missing.isEmpty() == false) {
      throw new IllegalArgumentException(
          "the upload of model [" + progress.upload().model() + "] lacks parts " + missing);
    }
    // Until the file is validated, which accounts it as well.
    Releasable memory = validator.account(progress.upload().model(), file.length());
    chunks.readAll(file, () -> {}, ActionListener.releaseBefore(memory, listener));
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

  /**
   * Deletes all uploads of a model.
   *
   * @param listener gets whether there were any
   */
  void deleteAll(ModelId id, ActionListener<Boolean> listener) {
    uploads.list(
        id,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              SubscribableListener<Void> done = SubscribableListener.nullSuccess();
              for (Upload upload : found) {
                done = done.andThen(next -> delete(upload, next));
              }
              done.addListener(l.map(v -> found.isEmpty() == false));
            }));
  }

  private void delete(Upload upload, ActionListener<Void> listener) {
    uploads.claim(
        upload,
        listener.delegateFailureAndWrap(
            (l, claimed) -> {
              if (claimed) {
                commit.discard(upload.file(), l);
              } else {
                l.onResponse(null);
              }
            }));
  }
}
