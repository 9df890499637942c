// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import static java.util.stream.Collectors.toSet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.index.query.QueryBuilders;
import org.semantichash.plugin.models.ModelId;

/**
 * The files that clients are sending part by part. An upload is claimed, by deleting its document,
 * before its chunks become a model or are deleted: so only one caller ever does either.
 */
final class UploadCatalog {

  private final SystemIndexDocuments documents;
  private final StoreLimits limits;

  UploadCatalog(SystemIndexDocuments documents, StoreLimits limits) {
    this.documents = documents;
    this.limits = limits;
  }

  /** The upload of a file, which is begun when it is not there. */
  void findOrBegin(Upload upload, ActionListener<Upload> listener) {
    String id = Upload.documentId(upload.model(), upload.file().digest());
    SubscribableListener.<Optional<SystemIndexDocuments.VersionedDocument>>newForked(
            l -> documents.get(id, l))
        .<Upload>andThen(
            (l, found) -> {
              if (found.isPresent()) {
                l.onResponse(Upload.fromDocument(found.get().source()));
              } else {
                begin(id, upload, l);
              }
            })
        .andThenApply(
            found -> {
              requireSame(upload.file(), found.file());
              return found;
            })
        .addListener(listener);
  }

  /** The second of two callers finds what the first one began. */
  private void begin(String id, Upload upload, ActionListener<Upload> listener) {
    documents.create(
        id,
        upload.toDocument(),
        listener.delegateFailureAndWrap(
            (l, created) -> {
              if (created) {
                unlessTooMany(upload, l);
              } else {
                findOrBegin(upload, l);
              }
            }));
  }

  /**
   * Looks after it has begun: of many that begin at the same time the last one sees all the others,
   * so that never too many are let in, though perhaps too few.
   */
  private void unlessTooMany(Upload upload, ActionListener<Upload> listener) {
    list(
        listener.delegateFailureAndWrap(
            (l, all) -> {
              try {
                limits.requireRoom(
                    upload, all.stream().filter(other -> other.equals(upload) == false).toList());
              } catch (ElasticsearchStatusException e) {
                claim(upload, ActionListener.running(() -> l.onFailure(e)));
                return;
              }
              l.onResponse(upload);
            }));
  }

  private static void requireSame(StoredFile asked, StoredFile begun) {
    if (asked.length() != begun.length() || asked.parts() != begun.parts()) {
      throw new IllegalArgumentException(
          "the upload of [sha256="
              + begun.digest()
              + "] has [total_length="
              + begun.length()
              + "] and [total_parts="
              + begun.parts()
              + "], got ["
              + asked.length()
              + "] and ["
              + asked.parts()
              + "]");
    }
  }

  /** The upload of a file with this digest. */
  void find(ModelId model, String digest, ActionListener<Optional<Upload>> listener) {
    documents.get(
        Upload.documentId(model, digest),
        listener.map(found -> found.map(version -> Upload.fromDocument(version.source()))));
  }

  /** All uploads, by model. */
  void list(ActionListener<List<Upload>> listener) {
    documents.search(
        QueryBuilders.termQuery("type", Upload.TYPE),
        listener.map(found -> found.readable().stream().map(Upload::fromDocument).toList()));
  }

  /**
   * The ids of the uploads that chunks may belong to, those of models too; empty when a newer
   * plugin has stored documents whose chunks cannot be told here.
   */
  void used(ActionListener<Optional<Set<String>>> listener) {
    documents.search(
        QueryBuilders.termsQuery("type", Upload.TYPE, StoredModel.TYPE),
        listener.map(
            found ->
                found.newer() > 0
                    ? Optional.empty()
                    : Optional.of(
                        found.readable().stream()
                            .map(document -> (String) document.get("upload"))
                            .collect(toSet()))));
  }

  /** Takes an upload away from everybody else; false when somebody else has taken it. */
  void claim(Upload upload, ActionListener<Boolean> listener) {
    String id = Upload.documentId(upload.model(), upload.file().digest());
    SubscribableListener.<Optional<SystemIndexDocuments.VersionedDocument>>newForked(
            l -> documents.get(id, l))
        .<Boolean>andThen(
            (l, found) -> {
              if (found.isPresent()
                  && Upload.fromDocument(found.get().source()).file().equals(upload.file())) {
                documents.delete(id, found.get(), l);
              } else {
                l.onResponse(false);
              }
            })
        .addListener(listener);
  }

  /**
   * A file that a client sends part by part.
   *
   * @param model the model it will become
   * @param file the file, whose chunks may still be missing
   * @param created when its first part came, in milliseconds since 1970
   */
  public record Upload(ModelId model, StoredFile file, long created) {

    /** The value of [type] in the documents of uploads. */
    static final String TYPE = "upload";

    /** A model has at most one upload of the same file. */
    static String documentId(ModelId model, String digest) {
      return TYPE + ":" + model + ":" + digest;
    }

    Map<String, Object> toDocument() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("type", TYPE);
      document.put("model", model.value());
      document.put("created", created);
      file.addTo(document);
      return document;
    }

    static Upload fromDocument(Map<String, Object> document) {
      return new Upload(
          new ModelId((String) document.get("model")),
          StoredFile.fromDocument(document),
          ((Number) document.get("created")).longValue());
    }
  }
}
