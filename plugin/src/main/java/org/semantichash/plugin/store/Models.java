// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.List;
import java.util.Optional;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelId;

/** The documents of the models; writing one is what makes its chunks a model. */
final class Models {

  /** A model as it was read. */
  record Version(StoredModel model, Documents.Version document) {}

  private final Documents documents;

  Models(Documents documents) {
    this.documents = documents;
  }

  /** The model of this name; a failure with status 409 when the name is an alias. */
  void get(ModelId id, ActionListener<Optional<Version>> listener) {
    documents.get(StoredModel.documentId(id), listener.map(found -> found.map(Models::version)));
  }

  private static Version version(Documents.Version document) {
    if (ModelAlias.isIn(document.source())) {
      ModelAlias alias = ModelAlias.fromDocument(document.source());
      throw new ElasticsearchStatusException(
          "[{}] must be a model, it is an alias of model [{}]",
          RestStatus.CONFLICT,
          alias.name(),
          alias.target());
    }
    return new Version(StoredModel.fromDocument(document.source()), document);
  }

  void list(ActionListener<List<StoredModel>> listener) {
    documents.search(
        QueryBuilders.termQuery("type", StoredModel.TYPE),
        listener.map(found -> found.readable().stream().map(StoredModel::fromDocument).toList()));
  }

  /** False when there is a model of this name. */
  void create(StoredModel model, ActionListener<Boolean> listener) {
    documents.create(StoredModel.documentId(model.id()), model.toDocument(), listener);
  }

  /** False when the old model is no longer the one that was read. */
  void replace(Version old, StoredModel model, ActionListener<Boolean> listener) {
    documents.replace(
        StoredModel.documentId(model.id()), model.toDocument(), old.document(), listener);
  }

  /** False when the model is no longer the one that was read. */
  void delete(Version old, ActionListener<Boolean> listener) {
    documents.delete(StoredModel.documentId(old.model().id()), old.document(), listener);
  }
}
