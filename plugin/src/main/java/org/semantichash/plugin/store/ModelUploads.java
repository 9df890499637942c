// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.UUIDs;
import org.semantichash.plugin.models.ModelId;

/**
 * Models that a client sends part by part, in any order, each as often as it likes. How many may be
 * unfinished, and for how long, is limited.
 */
public final class ModelUploads {

  private static final Logger logger = LogManager.getLogger(ModelUploads.class);

  private final Chunks chunks;
  private final Commit commit;
  private final Uploads uploads;
  private final StoreLimits limits;

  ModelUploads(Chunks chunks, Commit commit, Uploads uploads, StoreLimits limits) {
    this.chunks = chunks;
    this.commit = commit;
    this.uploads = uploads;
    this.limits = limits;
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
