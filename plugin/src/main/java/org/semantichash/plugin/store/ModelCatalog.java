// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelAliases.ModelAlias;

/**
 * The models that are stored in the cluster and those that come with the plugin, and what names
 * stand for, those of models and those of aliases. Writing the document of a model is what makes
 * its chunks a model.
 */
final class ModelCatalog {

  /**
   * What a name stands for.
   *
   * @param alias the alias, if the name is one
   * @param model the model of the name or of the alias, if it is stored
   */
  record NameLookup(Optional<ModelAlias> alias, Optional<StoredModel> model) {}

  /** A model as it was read. */
  record VersionedModel(StoredModel model, SystemIndexDocuments.VersionedDocument document) {}

  private final SystemIndexDocuments documents;

  ModelCatalog(SystemIndexDocuments documents) {
    this.documents = documents;
  }

  /** The model of this name; a failure with status 409 when the name is an alias. */
  void get(ModelId id, ActionListener<Optional<VersionedModel>> listener) {
    documents.get(
        StoredModel.documentId(id), listener.map(found -> found.map(ModelCatalog::version)));
  }

  /** As {@link #get}, and those that come with the plugin. */
  void find(ModelId id, ActionListener<Optional<StoredModel>> listener) {
    if (id.isBuiltIn()) {
      documents.fork(() -> PluginModels.find(id), listener);
    } else {
      get(id, listener.map(found -> found.map(VersionedModel::model)));
    }
  }

  private static VersionedModel version(SystemIndexDocuments.VersionedDocument document) {
    if (ModelAlias.isIn(document.source())) {
      ModelAlias alias = ModelAlias.fromDocument(document.source());
      throw new ElasticsearchStatusException(
          "[{}] must be a model, it is an alias of model [{}]",
          RestStatus.CONFLICT,
          alias.name(),
          alias.target());
    }
    return new VersionedModel(StoredModel.fromDocument(document.source()), document);
  }

  /** Those that come with the plugin, by name, then those that are stored, by name. */
  void list(ActionListener<List<StoredModel>> listener) {
    documents.search(
        QueryBuilders.termQuery("type", StoredModel.TYPE),
        listener.map(
            found -> {
              List<StoredModel> all = new ArrayList<>(PluginModels.all());
              found.readable().stream().map(StoredModel::fromDocument).forEach(all::add);
              return all;
            }));
  }

  /** False when there is a model of this name. */
  void create(StoredModel model, ActionListener<Boolean> listener) {
    documents.create(StoredModel.documentId(model.id()), model.toDocument(), listener);
  }

  /** False when the old model is no longer the one that was read. */
  void replace(VersionedModel old, StoredModel model, ActionListener<Boolean> listener) {
    documents.replace(
        StoredModel.documentId(model.id()), model.toDocument(), old.document(), listener);
  }

  /** False when the model is no longer the one that was read. */
  void delete(VersionedModel old, ActionListener<Boolean> listener) {
    documents.delete(StoredModel.documentId(old.model().id()), old.document(), listener);
  }

  /** What a name stands for now. */
  void resolve(ModelId name, ActionListener<NameLookup> listener) {
    if (name.isBuiltIn()) {
      find(name, listener.map(found -> new NameLookup(Optional.empty(), found)));
      return;
    }
    documents.get(
        StoredModel.documentId(name),
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isPresent() && ModelAlias.isIn(found.get().source())) {
                follow(found.get(), l);
              } else {
                l.onResponse(new NameLookup(Optional.empty(), model(found)));
              }
            }));
  }

  private void follow(
      SystemIndexDocuments.VersionedDocument read, ActionListener<NameLookup> listener) {
    ModelAlias alias = ModelAlias.fromDocument(read.source());
    ActionListener<Optional<StoredModel>> target =
        listener.delegateFailureAndWrap(
            (l, model) -> {
              if (model.isPresent()) {
                l.onResponse(new NameLookup(Optional.of(alias), model));
              } else {
                unlessSwitched(alias.name(), read, l);
              }
            });
    if (alias.target().isBuiltIn()) {
      find(alias.target(), target);
    } else {
      documents.get(StoredModel.documentId(alias.target()), target.map(found -> model(found)));
    }
  }

  /** A model may be deleted just after its alias was switched to another. */
  private void unlessSwitched(
      ModelId name,
      SystemIndexDocuments.VersionedDocument read,
      ActionListener<NameLookup> listener) {
    documents.get(
        StoredModel.documentId(name),
        listener.delegateFailureAndWrap(
            (l, now) -> {
              if (now.isPresent() && now.get().seqNo() == read.seqNo()) {
                ModelAlias alias = ModelAlias.fromDocument(read.source());
                l.onResponse(new NameLookup(Optional.of(alias), Optional.empty()));
              } else {
                resolve(name, l);
              }
            }));
  }

  private static Optional<StoredModel> model(
      Optional<SystemIndexDocuments.VersionedDocument> found) {
    return found
        .map(SystemIndexDocuments.VersionedDocument::source)
        .filter(document -> ModelAlias.isIn(document) == false)
        .map(StoredModel::fromDocument);
  }
}
