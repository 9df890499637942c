// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelId;

/** Other names of models, each switched by one write. */
public final class ModelAliases {

  private static final Logger logger = LogManager.getLogger(ModelAliases.class);

  private final SystemIndexDocuments documents;
  private final ModelCatalog models;

  ModelAliases(SystemIndexDocuments documents, ModelCatalog models) {
    this.documents = documents;
    this.models = models;
  }

  /** All aliases, by name. */
  public void list(ActionListener<List<ModelAlias>> listener) {
    documents.search(
        QueryBuilders.termQuery("type", ModelAlias.TYPE),
        listener.map(found -> found.readable().stream().map(ModelAlias::fromDocument).toList()));
  }

  /** The aliases of one model, by name. */
  public void of(ModelId model, ActionListener<List<ModelId>> listener) {
    list(
        listener.map(
            all ->
                all.stream()
                    .filter(alias -> alias.target().equals(model))
                    .map(ModelAlias::name)
                    .toList()));
  }

  /**
   * Makes a name an alias, or switches it to another model.
   *
   * @param listener gets the alias, or a failure: 404 for a model that is not stored, 409 for a
   *     target that is an alias and for a name that is a model's
   */
  public void put(ModelId name, ModelId target, ActionListener<AliasOutcome> listener) {
    models.find(
        target,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isEmpty()) {
                throw new ResourceNotFoundException(
                    "alias [{}] cannot stand for model [{}], which is not in the cluster",
                    name,
                    target);
              }
              ModelAlias alias = new ModelAlias(name, target, System.currentTimeMillis());
              write(alias, found.get(), l);
            }));
  }

  private void write(ModelAlias alias, StoredModel model, ActionListener<AliasOutcome> listener) {
    documents.get(
        StoredModel.documentId(alias.name()),
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isPresent()) {
                overwrite(found.get(), alias, model, l);
              } else {
                documents.create(
                    StoredModel.documentId(alias.name()),
                    alias.toDocument(),
                    orAgain(new AliasOutcome(alias, model, Optional.empty()), l));
              }
            }));
  }

  private void overwrite(
      SystemIndexDocuments.VersionedDocument found,
      ModelAlias alias,
      StoredModel model,
      ActionListener<AliasOutcome> listener) {
    if (ModelAlias.isIn(found.source()) == false) {
      throw new ElasticsearchStatusException(
          "alias [{}] must not have the name of a model that is stored",
          RestStatus.CONFLICT,
          alias.name());
    }
    ModelAlias old = ModelAlias.fromDocument(found.source());
    if (old.target().equals(alias.target())) {
      listener.onResponse(new AliasOutcome(old, model, Optional.of(old.target())));
      return;
    }
    documents.replace(
        StoredModel.documentId(alias.name()),
        alias.toDocument(),
        found,
        orAgain(new AliasOutcome(alias, model, Optional.of(old.target())), listener));
  }

  /** The second of two writers sees what the first one wrote, and decides anew. */
  private ActionListener<Boolean> orAgain(
      AliasOutcome outcome, ActionListener<AliasOutcome> listener) {
    ModelAlias alias = outcome.alias();
    return listener.delegateFailureAndWrap(
        (l, first) -> {
          if (first) {
            logger.info(
                "alias [{}] of model [{}] {}", alias.name(), alias.target(), outcome.result());
            l.onResponse(outcome);
          } else {
            put(alias.name(), alias.target(), l);
          }
        });
  }

  /**
   * Deletes an alias, and not its model.
   *
   * @param listener gets nothing, or a failure: 404 when there is no such alias
   */
  public void delete(ModelId name, ActionListener<Void> listener) {
    documents.get(
        StoredModel.documentId(name),
        listener.delegateFailureAndWrap(
            (l, found) -> {
              SystemIndexDocuments.VersionedDocument alias =
                  found
                      .filter(document -> ModelAlias.isIn(document.source()))
                      .orElseThrow(
                          () -> new ResourceNotFoundException("alias [{}] not found", name));
              documents.delete(StoredModel.documentId(name), alias, deleted(name, l));
            }));
  }

  private ActionListener<Boolean> deleted(ModelId name, ActionListener<Void> listener) {
    return listener.delegateFailureAndWrap(
        (l, deleted) -> {
          if (deleted) {
            logger.info("alias [{}] deleted", name);
            l.onResponse(null);
          } else {
            delete(name, l); // it was switched in between
          }
        });
  }

  /**
   * Another name of a model. Its document has the id that a model of its name would have, so that a
   * name is never both, whoever writes at the same time.
   *
   * @param name the alias
   * @param target the model it stands for, which may have been deleted since
   * @param created when it was last switched, in milliseconds since 1970
   */
  public record ModelAlias(ModelId name, ModelId target, long created) {

    /** The value of [type] in the documents of aliases. */
    static final String TYPE = "alias";

    /** The target is in the part that is not indexed, so that the index is as it was without. */
    Map<String, Object> toDocument() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("type", TYPE);
      document.put("model", name.value());
      document.put("created", created);
      document.put("description", Map.of("target", target.value()));
      return document;
    }

    static boolean isIn(Map<String, Object> document) {
      return TYPE.equals(document.get("type"));
    }

    static ModelAlias fromDocument(Map<String, Object> document) {
      return new ModelAlias(
          new ModelId((String) document.get("model")),
          new ModelId((String) ((Map<?, ?>) document.get("description")).get("target")),
          ((Number) document.get("created")).longValue());
    }
  }

  /**
   * An alias as it is now, and what became of it.
   *
   * @param alias the alias
   * @param model the model it stands for
   * @param previous the model it stood for before, if there was this alias
   */
  public record AliasOutcome(ModelAlias alias, StoredModel model, Optional<ModelId> previous) {

    /** One word for it: {@code created}, {@code switched} or {@code unchanged}. */
    public String result() {
      return previous
          .map(before -> before.equals(alias.target()) ? "unchanged" : "switched")
          .orElse("created");
    }
  }
}
