// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
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
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.ModelValidator;
import org.semantichash.plugin.store.StoredModel.StoredOutcome;
import org.semantichash.plugin.store.UploadCatalog.Upload;

/**
 * Models that a client sends part by part, in any order, each as often as it likes. How many may be
 * unfinished, and for how long, is limited.
 */
public final class ModelUploads {

  private static final Logger logger = LogManager.getLogger(ModelUploads.class);

  private final ModelFileChunks chunks;
  private final ModelCommit commit;
  private final UploadCatalog uploads;
  private final ModelValidator validator;
  private final StoreLimits limits;
  private final Executor executor;

  ModelUploads(
      SystemIndexDocuments documents,
      ModelFileChunks chunks,
      ModelCommit commit,
      ModelValidator validator,
      StoreLimits limits,
      Executor executor) {
    this.chunks = chunks;
    this.commit = commit;
    this.uploads = new UploadCatalog(documents, limits);
    this.validator = validator;
    this.limits = limits;
    this.executor = executor;
  }

  /**
   * Which file a part belongs to.
   *
   * @param sha256 the digest of the whole file
   * @param length its length in bytes
   * @param parts the number of parts
   */
  public record UploadFile(String sha256, long length, int parts) {}

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
      ModelId id, UploadFile whole, int part, byte[] data, ActionListener<Void> listener) {
    long now = System.currentTimeMillis();
    limits.requireSize(whole.length());
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
    long most = Math.min(ModelFileChunks.MAX_SIZE, file.length() - file.parts() + 1);
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

  /**
   * Makes an upload a model, as {@link ModelStore#put} does with a file.
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
                  ActionListener.runBefore(l, memory::close),
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

  /** The uploads that are not complete, of the models with these names. */
  public void list(Predicate<String> names, ActionListener<List<Progress>> listener) {
    find(
        upload -> names.test(upload.model().value()),
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

  private void find(Predicate<Upload> wanted, ActionListener<List<Upload>> listener) {
    uploads.list(listener.map(all -> all.stream().filter(wanted).toList()));
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
   * Deletes all uploads for the models with these names.
   *
   * @param check is given the names of those that were found and may throw, and nothing is deleted
   * @param listener gets how many there were
   */
  public void deleteAll(
      Predicate<String> names, Consumer<List<String>> check, ActionListener<Integer> listener) {
    deleteAllOf(upload -> names.test(upload.model().value()), check, listener);
  }

  private void deleteAllOf(
      Predicate<Upload> unwanted, Consumer<List<String>> check, ActionListener<Integer> listener) {
    find(
        unwanted,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              check.accept(found.stream().map(upload -> upload.model().value()).toList());
              SubscribableListener<Void> done = SubscribableListener.nullSuccess();
              for (Upload upload : found) {
                done = done.andThen(next -> delete(upload, next));
              }
              done.addListener(l.map(v -> found.size()));
            }));
  }

  /**
   * Deletes the uploads that have become too old, and a day later whatever chunks are left that
   * belong to nothing.
   *
   * @param now in milliseconds since 1970
   * @param listener gets how many uploads there were
   */
  public void sweep(long now, ActionListener<Integer> listener) {
    long oldest = now - limits.uploadAge().millis();
    SubscribableListener.<Integer>newForked(
            l -> deleteAllOf(upload -> upload.created() < oldest, found -> {}, l))
        .<Integer>andThen(
            (l, ended) -> {
              if (ended > 0) {
                logger.info("deleted [{}] uploads that nobody completed", ended);
              }
              sweepChunks(oldest, l.map(v -> ended));
            })
        .addListener(listener);
  }

  private void sweepChunks(long oldest, ActionListener<Void> listener) {
    SubscribableListener.<Optional<Set<String>>>newForked(uploads::used)
        .<Void>andThen(
            (l, used) -> {
              if (used.isPresent()) {
                chunks.deleteOrphans(oldest, List.copyOf(used.get()), l);
              } else {
                l.onResponse(null);
              }
            })
        .addListener(listener);
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
